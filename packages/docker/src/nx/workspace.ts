import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { globAsync, type Tree } from '@nx/devkit';

/** The parts of a workspace that images depend on, as they are on disk now. Paths are workspace-relative. */
export interface Workspace {
  readonly root: string;
  /** Files that Nx sees (those that git and .nxignore do not ignore), sorted by code unit. */
  readonly files: readonly string[];
  /** The text of a file; `undefined` where it cannot be read. Invalid UTF-8 becomes U+FFFD. */
  readText(path: string): string | undefined;
  /** The target of a symbolic link; `undefined` for anything else. */
  readLink(path: string): string | undefined;
  exists(path: string): boolean;
}

/** Opens a workspace. The file list is Nx's own, so that nothing is walked or hashed a second time. */
export async function openWorkspace(root: string): Promise<Workspace> {
  // The public way to Nx's file list takes a tree: one without changes stands for the files on disk.
  const tree = { root, listChanges: () => [] } as unknown as Tree;
  const files = (await globAsync(tree, ['**/*'])).map((file) => file.replaceAll('\\', '/')).sort();
  return {
    root,
    files,
    readText: (path) => attempt(() => readFileSync(join(root, path), 'utf8')),
    readLink: (path) =>
      attempt(() =>
        lstatSync(join(root, path)).isSymbolicLink() ? readlinkSync(join(root, path)) : undefined,
      ),
    exists: (path) => existsSync(join(root, path)),
  };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
