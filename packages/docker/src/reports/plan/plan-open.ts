import { basename } from 'node:path';
import { type BlobReader, blobReader } from '../../host/git/blob-reader.js';
import { type Commit, commitOf } from '../../host/git/open-commit.js';
import { openWorkTree } from '../../host/git/open-work-tree.js';
import { readRepository } from '../../host/git/read-repository.js';
import { readTree, type TreeEntry } from '../../host/git/read-tree.js';

/** The clone around a workspace, which may be a folder of it. */
export interface PlanRepository {
  readonly isShallow: boolean;
  openCommit(revision: string): Promise<Commit>;
  /** The commit with all that is not committed yet. */
  openWorkTree(revision: string): Promise<Commit>;
}

/** @throws DockerPluginError GIT_FAILED where there is none. */
export async function openRepository(root: string): Promise<PlanRepository> {
  const { prefix, isShallow } = await readRepository(root);
  const blobs: BlobReader = blobReader(root);
  async function treeOf(revision: string): Promise<TreeEntry[]> {
    const tree = await readTree(root, revision);
    if (prefix === '') return tree;
    return tree
      .filter(({ path }) => path.startsWith(prefix))
      .map((entry) => ({ ...entry, path: entry.path.slice(prefix.length) }));
  }
  return {
    isShallow,
    openCommit: async (revision) => commitOf(basename(root), await treeOf(revision), blobs),
    openWorkTree: async (revision) => openWorkTree(root, await treeOf(revision), { prefix, blobs }),
  };
}
