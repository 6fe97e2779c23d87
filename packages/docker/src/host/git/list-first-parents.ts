import { readGit } from './run-git.js';

/** What a branch was, as far as a clone knows. */
export interface FirstParents {
  /** From the commit itself back, along first parents only; none where the clone does not have it. */
  readonly commits: readonly string[];
  /** True for a clone that was fetched with a depth, whose history ends before its beginning. */
  readonly isShallow: boolean;
}

/** Lists the commits that a branch pointed to before one, the newest first. */
export async function listFirstParents(root: string, commit: string): Promise<FirstParents> {
  const [list, shallow] = await Promise.all([
    readGit(root, ['rev-list', '--first-parent', '--end-of-options', commit]),
    readGit(root, ['rev-parse', '--is-shallow-repository']),
  ]);
  const commits = list.exitCode === 0 ? list.stdout.toString('utf8').split('\n').filter(Boolean) : [];
  return { commits, isShallow: shallow.stdout.toString('utf8').trim() === 'true' };
}

/** The newest of some commits: one that none of the others has behind it. Commits that a clone does not have are none. */
export async function newestCommit(root: string, commits: readonly string[]): Promise<string | undefined> {
  if (commits.length === 0) return undefined;
  const args = [
    'rev-list',
    '--topo-order',
    '--max-count=1',
    '--ignore-missing',
    '--end-of-options',
    ...commits,
  ];
  const { exitCode, stdout } = await readGit(root, args);
  return exitCode === 0 ? stdout.toString('utf8').trim() || undefined : undefined;
}

/** Git tags at a commit. */
export async function tagsAt(root: string, commit: string): Promise<string[]> {
  const { exitCode, stdout } = await readGit(root, ['tag', '--points-at', commit]);
  return exitCode === 0 ? stdout.toString('utf8').split('\n').filter(Boolean) : [];
}
