import { isKustomizationFile, kustomizeTree } from '../manifest/kustomize-tree.js';

/** Which files of manifests are built, and which count as they are. */
export interface SortedFiles {
  /** Kustomizations to be built. */
  readonly built: readonly string[];
  /** Files that count as they are. */
  readonly plain: readonly string[];
}

/**
 * Sorts manifests as they reach a cluster: below a folder with a kustomization only what it takes does.
 *
 * @param files The manifests that are meant.
 * @param texts All kustomizations of the workspace, by path.
 */
export function sortFiles(files: readonly string[], texts: ReadonlyMap<string, string>): SortedFiles {
  const tree = kustomizeTree(texts);
  const given = new Set(files);
  const kustomizations = files.filter((file) => isKustomizationFile(file) && texts.has(file));
  const built = kustomizations.filter(
    (file) =>
      !/^kind: *Component\b/m.test(texts.get(file) ?? '') &&
      !tree.includedIn(file).some((other) => given.has(other)),
  );
  const folders = kustomizations.map((file) => file.slice(0, file.lastIndexOf('/') + 1));
  const plain = files.filter(
    (file) =>
      !isKustomizationFile(file) &&
      !folders.some((folder) => file.startsWith(folder)) &&
      !tree.includedIn(file).some((other) => given.has(other)),
  );
  return { built, plain };
}
