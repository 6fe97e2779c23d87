import { requireGit } from './run-git.js';

/** One file of a commit. */
export interface TreeEntry {
  /** Relative to the root of the repository, with `/`. */
  readonly path: string;
  readonly mode: 'file' | 'executable' | 'symlink' | 'submodule';
  /** The id of its content: the same wherever the content is the same. */
  readonly oid: string;
}

const modes: Readonly<Record<string, TreeEntry['mode']>> = {
  '100755': 'executable',
  '120000': 'symlink',
  '160000': 'submodule',
};

/**
 * Lists all files of a commit or tree, whatever is checked out.
 *
 * @throws DockerPluginError GIT_FAILED where the clone does not have it.
 */
export async function readTree(root: string, revision: string): Promise<TreeEntry[]> {
  const text = await requireGit(root, ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', revision]);
  return text.split('\0').flatMap((row) => {
    const match = /^(\d+) \w+ (\w+)\t(.+)$/s.exec(row);
    if (!match) return [];
    const [, mode = '', oid = '', path = ''] = match;
    return [{ path, oid, mode: modeOf(mode) }];
  });
}

/** What git's number for a mode means. */
export function modeOf(number: string): TreeEntry['mode'] {
  return modes[number] ?? 'file';
}
