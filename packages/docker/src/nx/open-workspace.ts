import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { openTree } from './open-tree.js';
import type { Workspace } from './workspace.js';

/** Opens a workspace on disk: a tree without changes. */
export function openWorkspace(root: string): Promise<Workspace> {
  const read = ((path: string, encoding: BufferEncoding) =>
    readOrNull(join(root, path), encoding)) as Tree['read'];
  return openTree({ root, listChanges: () => [], read });
}

function readOrNull(path: string, encoding: BufferEncoding): string | null {
  try {
    return readFileSync(path, encoding);
  } catch {
    return null;
  }
}
