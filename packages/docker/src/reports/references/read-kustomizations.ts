import { findImages } from '../../core/manifest/find-images.js';
import type { ImageField } from '../../core/manifest/image-field.js';
import { isKustomizationFile, kustomizeTree } from '../../core/manifest/kustomize-tree.js';
import { splitRef } from '../../core/manifest/loose-ref.js';
import type { Workspace } from '../../nx/workspace.js';
import { manifestBytes, type ReadBytes } from './manifest-bytes.js';

/** The texts of all kustomizations of a workspace on disk, by path. */
export function readKustomizations(workspace: Pick<Workspace, 'index'>, root: string): Map<string, string> {
  return kustomizationTexts(workspace, (file) => manifestBytes(root, file));
}

export function kustomizationTexts(
  { index }: Pick<Workspace, 'index'>,
  readBytes: ReadBytes,
): Map<string, string> {
  const files = index.paths.filter(isKustomizationFile);
  return new Map(files.map((file) => [file, readBytes(file).toString('utf8')]));
}

/**
 * Tells which fields leave the version to a kustomization: a name without tag and digest, in a file that is taken by a
 * kustomization with an entry for the name.
 */
export function leftToKustomization(texts: ReadonlyMap<string, string>): (field: ImageField) => boolean {
  const tree = kustomizeTree(texts);
  const replaced = new Map<string, ReadonlySet<string | undefined>>();
  for (const [file, text] of texts)
    replaced.set(file, new Set(findImages(text, { file }).fields.map(({ replaces }) => replaces)));
  return ({ form, reference, repository, place }) => {
    const { tag, digest } = splitRef(reference);
    if (form !== 'reference' || tag !== undefined || digest !== undefined) return false;
    return tree.includedIn(place.file).some((file) => replaced.get(file)?.has(repository));
  };
}
