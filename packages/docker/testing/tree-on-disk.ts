import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';

/** The tree that a generator gets for a workspace on disk, as far as ours use it, and what they would write. */
export interface TreeOnDisk {
  readonly tree: Tree;
  readonly changes: ReadonlyMap<string, string>;
  /** Puts what was written on disk, as Nx does. */
  flush(): void;
}

export function treeOnDisk(root: string): TreeOnDisk {
  const changes = new Map<string, string>();
  const onDisk = (path: string) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;
  const tree = {
    root,
    listChanges: () => [...changes].map(([path, content]) => ({ path, type: 'UPDATE', content })),
    exists: (path: string) => changes.has(path) || onDisk(path) !== null,
    read: (path: string) => changes.get(path) ?? onDisk(path),
    write: (path: string, text: string) => changes.set(path, text),
  } as unknown as Tree;
  return { tree, changes, flush };

  function flush(): void {
    for (const [path, text] of changes) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    changes.clear();
  }
}
