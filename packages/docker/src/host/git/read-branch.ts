import { setTimeout } from 'node:timers/promises';
import { DockerPluginError } from '../../core/errors.js';
import type { BranchFacts } from '../../core/registry/guard-tag.js';
import { type GitOutput, readGit, requireGit } from './run-git.js';

/**
 * Reads where a commit stands on a branch of `origin`, which is asked: in a clone of CI the branch can stand at the
 * commit of the run itself, as actions/checkout leaves it. Where there is no `origin`, the branch of the clone counts.
 *
 * @throws DockerPluginError GIT_FAILED where `origin` does not answer, or the clone does not have the commit.
 */
export async function readBranch(root: string, name: string, head: string): Promise<BranchFacts> {
  const remote = `refs/remotes/origin/${name}`;
  const args = ['fetch', '--quiet', '--no-tags', 'origin', `+refs/heads/${name}:${remote}`];
  const { exitCode: failed, stderr } = await fetchInTurn(root, args);
  if (failed !== 0 && /couldn't find remote ref/i.test(stderr)) return { name, holdsHead: false, newer: [] };
  if (failed !== 0 && (await readGit(root, ['remote', 'get-url', 'origin'])).exitCode === 0)
    throw cannotAsk(name, stderr);
  const tip = (await findRef(root, remote)) ?? (await findRef(root, `refs/heads/${name}`));
  if (tip === undefined) return { name, holdsHead: false, newer: [] };
  const { exitCode } = await readGit(root, ['merge-base', '--is-ancestor', head, tip]);
  if (exitCode !== 0) return { name, holdsHead: false, newer: [] };
  const range = ['rev-list', '--topo-order', '--ancestry-path', `${head}..${tip}`];
  return { name, holdsHead: true, newer: (await requireGit(root, range)).split('\n').filter(Boolean) };
}

/** Images that are published side by side all fetch, and git lets one at a time write a reference. */
async function fetchInTurn(root: string, args: readonly string[], attempts = 5): Promise<GitOutput> {
  const result = await readGit(root, args, tokenSettings(process.env));
  const isTaken = result.exitCode !== 0 && /cannot lock ref|\.lock': File exists/i.test(result.stderr);
  if (!isTaken || attempts === 1) return result;
  await setTimeout(200 * Math.random());
  return fetchInTurn(root, args, attempts - 1);
}

/**
 * A checkout that keeps no credentials cannot fetch from a private repository; the token of the job can. It is handed
 * over as a setting of git's in the environment, where no list of processes shows it.
 */
export function tokenSettings({
  GITHUB_TOKEN: token,
  GITHUB_SERVER_URL: server,
  GIT_CONFIG_COUNT: count = '0',
}: NodeJS.ProcessEnv): Record<string, string> {
  if (!token || !server) return {};
  const credentials = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: String(Number(count) + 1),
    [`GIT_CONFIG_KEY_${count}`]: `http.${server}/.extraheader`,
    [`GIT_CONFIG_VALUE_${count}`]: `AUTHORIZATION: basic ${credentials}`,
    GIT_TERMINAL_PROMPT: '0',
  };
}

function cannotAsk(branch: string, stderr: string): DockerPluginError {
  return new DockerPluginError({
    code: 'GIT_FAILED',
    severity: 'error',
    message: `origin could not be asked where ${branch} stands: ${stderr.trim().split('\n')[0]}`,
    fix: 'give this step the token of the job as GITHUB_TOKEN, or let git keep credentials that can read',
  });
}

async function findRef(root: string, ref: string): Promise<string | undefined> {
  const { exitCode, stdout } = await readGit(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  return exitCode === 0 ? stdout.toString('utf8').trim() : undefined;
}
