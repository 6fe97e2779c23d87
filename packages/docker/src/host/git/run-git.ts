import { execa } from 'execa';
import { DockerPluginError } from '../../core/errors.js';

export interface GitOutput {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Nothing that a user has configured changes what git prints; a lazy clone fetches nothing behind our back. */
const settings = ['-c', 'core.quotePath=false', '-c', 'core.precomposeUnicode=false'];

/** Runs git in a folder and returns what it printed, as bytes; a failure is an answer, not an error. */
export async function readGit(
  root: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<GitOutput> {
  const result = await execa('git', [...settings, ...args], {
    cwd: root,
    encoding: 'buffer',
    env: { LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', ...env },
    maxBuffer: 1024 ** 3,
    reject: false,
    stdin: 'ignore',
  });
  return {
    exitCode: result.exitCode ?? -1,
    stdout: Buffer.from(result.stdout ?? []),
    stderr: Buffer.from(result.stderr ?? []).toString('utf8') || (result.originalMessage ?? ''),
  };
}

/**
 * Runs git in a folder and returns its output as text.
 *
 * @throws DockerPluginError GIT_FAILED with git's own words.
 */
export async function requireGit(root: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await readGit(root, args);
  if (exitCode === 0) return stdout.toString('utf8');
  throw gitFailed(root, `${args[0]}`, stderr.trim() || `exit code ${exitCode}`);
}

/** The error for a git that failed, with the first line of its own words. */
export function gitFailed(root: string, command: string, stderr: string): DockerPluginError {
  return new DockerPluginError({
    code: 'GIT_FAILED',
    severity: 'error',
    message: `git ${command} failed in ${root}: ${stderr.trim().split('\n')[0]}`,
    fix: 'run this in a clone of the repository with its whole history (fetch-depth: 0 in CI)',
  });
}
