import { DockerPluginError } from '../../core/errors.js';
import { readGit, requireGit } from './run-git.js';

/** The id of the commit that a revision names; `undefined` where the clone does not have it. */
export async function findCommit(root: string, revision: string): Promise<string | undefined> {
  // Git takes an empty one for the head of all that it compares.
  if (revision === '' || revision.includes('\0')) return undefined;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const { exitCode, stdout } = await readGit(root, args);
  const [id] = stdout.toString('utf8').trim().split('\n').slice(-1);
  return exitCode === 0 && id ? id : undefined;
}

/** @throws DockerPluginError GIT_FAILED where the clone does not have it. */
export async function requireCommit(root: string, revision: string): Promise<string> {
  const id = await findCommit(root, revision);
  if (id !== undefined) return id;
  throw new DockerPluginError({
    code: 'GIT_FAILED',
    severity: 'error',
    message: `${JSON.stringify(revision)} names no commit that this clone has`,
    fix: 'name a branch, a tag or a commit, and fetch the whole history (fetch-depth: 0 in CI)',
  });
}

/** The best common ancestor; `undefined` where there is none, or none that a shallow clone shows. */
export async function findMergeBase(root: string, one: string, other: string): Promise<string | undefined> {
  const { exitCode, stdout } = await readGit(root, ['merge-base', one, other]);
  return exitCode === 0 ? stdout.toString('utf8').trim().split('\n')[0] : undefined;
}

/** @throws DockerPluginError GIT_FAILED where git cannot read the commit. */
export async function readParents(root: string, commit: string): Promise<string[]> {
  const text = await requireGit(root, ['rev-list', '--parents', '--max-count=1', '--end-of-options', commit]);
  return text.trim().split(' ').slice(1);
}
