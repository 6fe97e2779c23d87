import { workspaceRoot } from '@nx/devkit';

/** The root of the Nx workspace around the current folder. */
export function findRoot(): string {
  return workspaceRoot;
}
