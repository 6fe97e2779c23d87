import { foldedSet } from '../../core/audit/replay/folded-set.js';
import { type FileFact, indexFiles } from '../../core/image/file-index.js';
import type { Commit } from '../../host/git/open-commit.js';
import type { HistoryChange } from '../../host/git/read-history.js';
import type { TreeEntry } from '../../host/git/read-tree.js';
import { dockerTarget } from '../../nx/docker-target.js';
import type { Image } from '../../nx/image.js';
import { imageFiles } from '../../nx/image-inputs.js';
import { imageId, type WorkspaceImage } from '../../nx/workspace-images.js';

/** The build inputs of an image, kept up to date while nothing changes how they are found. */
export interface TrackedImage {
  readonly id: string;
  readonly image: Image;
  readonly bases: readonly string[];
  /** A text that is the same wherever its own build inputs are the same. */
  inputs(): string;
  /** Applies the changes of a commit. Returns what changed among the inputs, in one line. */
  apply(changes: readonly HistoryChange[], entries: ReadonlyMap<string, TreeEntry>): string | undefined;
}

/** Starts with the files of a commit. */
export function trackImage(one: WorkspaceImage, commit: Commit): TrackedImage {
  const { image, bases } = one;
  const links = [...commit.entries.values()].flatMap((entry): FileFact[] =>
    entry.mode === 'symlink'
      ? [{ path: entry.path, mode: 'symlink', link: commit.index.links.get(entry.path) ?? '' }]
      : [],
  );
  const select = inputSelector(one);
  const files = new Set(select([...commit.entries.keys()], { links, entries: commit.entries }));
  const set = foldedSet([...files].map((path) => keyOf(commit.entries.get(path), path)));
  const known = new Map([...files].map((path) => [path, keyOf(commit.entries.get(path), path)]));
  const settings = JSON.stringify(dockerTarget(one).options);
  return {
    id: imageId(image),
    image,
    bases: bases.map((base) => imageId(base.image)),
    inputs: () => `${set.digest()} ${settings}`,
    apply(changes, entries) {
      const present = changes.flatMap(({ path, entry }) => (entry ? [path] : []));
      const selected = new Set(select(present, { links, entries }));
      const changed = changes.filter(({ path, entry }) => (entry ? selected.has(path) : known.has(path)));
      for (const { path, entry } of changed) {
        const old = known.get(path);
        if (old !== undefined) set.remove(old);
        known.delete(path);
        if (!entry) continue;
        const key = keyOf(entry, path);
        set.add(key);
        known.set(path, key);
      }
      return describe(changed);
    },
  };
}

function keyOf(entry: TreeEntry | undefined, path: string): string {
  return `${entry?.mode} ${entry?.oid} ${path}`;
}

function describe(changed: readonly HistoryChange[]): string | undefined {
  const [first] = changed;
  if (!first) return undefined;
  const others = changed.length > 1 ? ` and ${changed.length - 1} more` : '';
  return `${first.path} ${first.entry ? 'changed' : 'was deleted'}${others}`;
}

type Select = (
  paths: readonly string[],
  given: { readonly links: readonly FileFact[]; readonly entries: ReadonlyMap<string, TreeEntry> },
) => string[];

/**
 * Selects the build inputs among some files. Whether a file is one depends on no other file but on symlinks, so that
 * changed files can be looked at alone.
 */
function inputSelector({ image, producers, problems }: WorkspaceImage): Select {
  const isBroken = problems.some(({ severity }) => severity === 'error');
  const folders = [
    ...producers.map(({ projectRoot }) => projectRoot),
    ...(isBroken ? [image.buildContext] : []),
  ];
  return (paths, { links, entries }) => {
    const facts = paths.flatMap((path): FileFact[] => {
      const mode = entries.get(path)?.mode ?? 'file';
      // A submodule counts as a file of its own: what it holds is as its commit says.
      return mode === 'symlink' ? [] : [{ path, mode: mode === 'submodule' ? 'file' : mode }];
    });
    const read = imageFiles(image, indexFiles([...facts, ...links])).files.map(({ path }) => path);
    const wanted = new Set(paths);
    const made = paths.filter((path) =>
      folders.some((folder) => folder === '.' || path.startsWith(`${folder}/`)),
    );
    return [...new Set([...read.filter((path) => wanted.has(path)), ...made])];
  };
}
