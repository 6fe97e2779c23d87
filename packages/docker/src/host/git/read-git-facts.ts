import type { GitFacts } from '../../core/tags/tag-facts.js';
import { readGit } from './run-git.js';

/** What git knows of the commit that is checked out, as far as it knows it. */
export async function readGitFacts(root: string): Promise<GitFacts> {
  const [commit, branch, tag, remoteHead, remoteUrl, branches] = await Promise.all([
    read(root, ['log', '-1', '--format=%H %cI']),
    read(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
    read(root, ['describe', '--tags', '--exact-match', 'HEAD']),
    read(root, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']),
    read(root, ['remote', 'get-url', 'origin']),
    read(root, ['for-each-ref', '--format=%(refname:lstrip=3)', 'refs/remotes/origin']),
  ]);
  const [sha, commitDate] = commit?.split(' ') ?? [];
  const defaultBranch = remoteHead?.replace(/^origin\//, '');
  const names = branches?.split('\n').filter((name) => name !== 'HEAD');
  return {
    ...(sha && { sha }),
    ...(commitDate && { commitDate }),
    ...(branch && { branch }),
    ...(tag && { tag }),
    ...(defaultBranch && { defaultBranch }),
    ...(remoteUrl && { remoteUrl }),
    ...(names && { branches: names }),
  };
}

async function read(root: string, args: readonly string[]): Promise<string | undefined> {
  const { exitCode, stdout } = await readGit(root, args);
  return exitCode === 0 ? stdout.toString('utf8').trim() || undefined : undefined;
}
