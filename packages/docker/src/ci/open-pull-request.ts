import { webAddress } from '../core/image/web-address.js';
import { readGit } from '../host/git/run-git.js';
import { readProcess } from '../host/run-process.js';

/**
 * Opens a pull request with GitHub's own program, if it is there and may; else says where a person can open one.
 *
 * @returns One line: the address of the request, or where to open it.
 */
export async function openPullRequest(
  root: string,
  { branch, from }: { branch: string; from: string },
): Promise<string> {
  const remote = (await readGit(root, ['remote', 'get-url', 'origin'])).stdout.toString('utf8').trim();
  const page = webAddress(remote);
  if (page === '') return `${from} is pushed: open a pull request to ${branch}`;
  const text = [
    '--title',
    'Deploy the images that were published',
    '--body',
    'Made by moltbook-docker ci references.',
  ];
  const created = await readProcess(
    {
      file: 'gh',
      args: ['pr', 'create', '--repo', page, '--base', branch, '--head', from, ...text],
      env: {},
    },
    60_000,
  );
  if (created.exitCode === 0) return created.stdout.trim();
  const existing = /already exists:\s*(https:\S+)/.exec(created.stderr)?.[1];
  const compare = `${page}/compare/${encodeURIComponent(branch)}...${encodeURIComponent(from)}`;
  return existing ?? `${from} is pushed: open a pull request at ${compare}`;
}
