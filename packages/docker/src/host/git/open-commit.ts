import { basename } from 'node:path';
import { type FileIndex, indexFiles } from '../../core/image/file-index.js';
import { type BlobReader, blobReader } from './blob-reader.js';
import { readTree, type TreeEntry } from './read-tree.js';

/** The files of one commit, in the shape of a workspace. */
export interface Commit {
  readonly name: string;
  readonly index: FileIndex;
  /** By path. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** The text of a file; `undefined` where there is none. Invalid UTF-8 becomes U+FFFD. */
  readText(path: string): string | undefined;
}

/** What images are read from: worth reading in one go. */
const telling =
  /(?:^|\/)(?:[^/]*[Dd]ockerfile[^/]*|[^/]*Containerfile[^/]*|\.(?:docker|container)ignore|\.(?:nx|git)ignore|nx\.json|project\.json|package\.json|docker-bake[^/]*|(?:docker-)?compose\.ya?ml)$/;

/**
 * Opens a commit as a workspace. Nothing is checked out.
 *
 * @param blobs To be given where several commits are opened, so that what they share is read once.
 * @throws DockerPluginError GIT_FAILED where the clone does not have the commit.
 */
export async function openCommit(root: string, revision: string, blobs = blobReader(root)): Promise<Commit> {
  return commitOf(basename(root), await readTree(root, revision), blobs);
}

/** The commit that consists of some files. */
export async function commitOf(name: string, tree: readonly TreeEntry[], blobs: BlobReader): Promise<Commit> {
  const entries = new Map(tree.map((entry) => [entry.path, entry]));
  await blobs.prefetch(
    tree.filter(({ path, mode }) => mode === 'symlink' || telling.test(path)).map(({ oid }) => oid),
  );
  const textOf = ({ oid }: TreeEntry): string | undefined => blobs.read(oid)?.toString('utf8');
  return {
    name,
    entries,
    index: indexFiles(
      tree.map((entry) => {
        const { path, mode } = entry;
        if (mode === 'symlink') return { path, mode, link: textOf(entry) ?? '' };
        // Without its own checkout a submodule is an empty folder.
        return { path, mode: mode === 'submodule' ? 'folder' : mode };
      }),
    ),
    readText(path) {
      const entry = entries.get(path);
      return entry && entry.mode !== 'submodule' ? textOf(entry) : undefined;
    },
  };
}
