import { lstatSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { globAsync, type Tree } from '@nx/devkit';
import { type FileIndex, indexFiles } from '../core/image/file-index.js';
import type { Workspace } from './workspace.js';

/**
 * Opens a workspace as it is with the changes of a generator. The file list is Nx's own, so that nothing is walked or
 * hashed a second time.
 */
export async function openTree(tree: Pick<Tree, 'root' | 'listChanges' | 'read'>): Promise<Workspace> {
  const files = (await globAsync(tree as Tree, ['**/*'])).map((file) => file.replaceAll('\\', '/'));
  const index = indexFiles(files.map((path) => ({ path })));
  return {
    name: basename(tree.root),
    index: { ...index, links: linksBelow(tree.root) },
    readText: (path) => tree.read(path, 'utf8') ?? undefined,
  };
}

/** Symlinks are looked up when they are asked for: few are, and a workspace can have very many files. */
function linksBelow(root: string): FileIndex['links'] {
  const known = new Map<string, string | undefined>();
  function get(path: string): string | undefined {
    if (!known.has(path)) known.set(path, readLink(join(root, path)));
    return known.get(path);
  }
  return { get, has: (path) => get(path) !== undefined };
}

function readLink(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
}
