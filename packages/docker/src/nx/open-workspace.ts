import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { globAsync, type Tree } from '@nx/devkit';
import { type FileIndex, indexFiles } from '../core/image/file-index.js';
import type { Workspace } from './workspace.js';

/** Opens a workspace on disk. The file list is Nx's own, so that nothing is walked or hashed a second time. */
export async function openWorkspace(root: string): Promise<Workspace> {
  // The public way to Nx's file list takes a tree: one without changes stands for the files on disk.
  const tree = { root, listChanges: () => [] } as unknown as Tree;
  const files = (await globAsync(tree, ['**/*'])).map((file) => file.replaceAll('\\', '/'));
  const index = indexFiles(files.map((path) => ({ path })));
  return {
    name: basename(root),
    index: { ...index, links: linksBelow(root) },
    readText: (path) => attempt(() => readFileSync(join(root, path), 'utf8')),
  };
}

/** Symlinks are looked up when they are asked for: few are, and a workspace can have very many files. */
function linksBelow(root: string): FileIndex['links'] {
  const known = new Map<string, string | undefined>();
  function get(path: string): string | undefined {
    if (!known.has(path))
      known.set(
        path,
        attempt(() => readLink(join(root, path))),
      );
    return known.get(path);
  }
  return { get, has: (path) => get(path) !== undefined };
}

function readLink(path: string): string | undefined {
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
