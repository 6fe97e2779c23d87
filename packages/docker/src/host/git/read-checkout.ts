import { requireGit } from './run-git.js';

/** What is checked out, and how it differs from its commit. */
export interface Checkout {
  /** 40 hexadecimal digits. */
  readonly head: string;
  /** Tracked files of the repository that differ from the commit, relative to its root. */
  readonly changed: readonly string[];
  /** Files below the folder that git neither tracks nor ignores, relative to it. */
  readonly untracked: readonly string[];
}

/** @throws DockerPluginError GIT_FAILED where there is no commit. */
export async function readCheckout(root: string): Promise<Checkout> {
  const [head, changed, untracked] = await Promise.all([
    requireGit(root, ['rev-parse', '--verify', 'HEAD^{commit}']),
    requireGit(root, ['diff', '--name-only', '-z', '--no-ext-diff', '--no-renames', 'HEAD']),
    requireGit(root, ['ls-files', '-z', '--others', '--exclude-standard']),
  ]);
  return { head: head.trim(), changed: split(changed), untracked: split(untracked) };
}

function split(text: string): string[] {
  return text.split('\0').filter(Boolean);
}
