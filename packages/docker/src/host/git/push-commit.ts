import { DockerPluginError } from '../../core/errors.js';
import { readGit } from './run-git.js';

/**
 * Pushes a commit to a branch of `origin`.
 *
 * @param force Replaces what the branch has; only for a branch that nobody else writes to.
 * @returns False where somebody else has pushed in between, so that the change has to be made again.
 * @throws DockerPluginError GIT_FAILED where the push is refused.
 */
export async function pushCommit(
  root: string,
  { commit, branch, force }: { commit: string; branch: string; force: boolean },
): Promise<boolean> {
  const { exitCode, stderr } = await readGit(root, [
    ...['push', '--quiet', ...(force ? ['--force'] : [])],
    ...['origin', `${commit}:refs/heads/${branch}`],
  ]);
  if (exitCode === 0) return true;
  const said = withoutCredentials(stderr);
  if (/\[rejected\]|fetch first|non-fast-forward|cannot lock ref|failed to update ref/.test(said))
    return false;
  const lines = said.split('\n').filter((line) => /\S/.test(line) && !/^hint:|^To /.test(line));
  throw new DockerPluginError({
    code: 'GIT_FAILED',
    severity: 'error',
    message: `git push to ${branch} was refused: ${lines.slice(0, 3).join(' ').trim()}`,
    fix: 'let this job write to the repository (contents: write), or set ci.references to pull-request for a protected branch',
  });
}

/** A remote may be written with a token in it. */
function withoutCredentials(text: string): string {
  return text.replace(/(\w+:\/\/)[^/@\s]+@/g, '$1');
}
