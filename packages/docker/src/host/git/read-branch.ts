import type { BranchFacts } from '../../core/registry/guard-tag.js';
import { readGit, requireGit } from './run-git.js';

/**
 * Reads where a commit stands on a branch of `origin`. The branch is fetched first, if that is possible; if not, its
 * state in the clone counts.
 *
 * @throws DockerPluginError GIT_FAILED where the clone does not have the commit.
 */
export async function readBranch(root: string, name: string, head: string): Promise<BranchFacts> {
  const remote = `refs/remotes/origin/${name}`;
  await readGit(root, ['fetch', '--quiet', '--no-tags', 'origin', `+refs/heads/${name}:${remote}`]);
  const tip = (await findRef(root, remote)) ?? (await findRef(root, `refs/heads/${name}`));
  if (tip === undefined) return { name, holdsHead: false, newer: [] };
  const { exitCode } = await readGit(root, ['merge-base', '--is-ancestor', head, tip]);
  if (exitCode !== 0) return { name, holdsHead: false, newer: [] };
  const args = ['rev-list', '--topo-order', '--ancestry-path', `${head}..${tip}`];
  return { name, holdsHead: true, newer: (await requireGit(root, args)).split('\n').filter(Boolean) };
}

async function findRef(root: string, ref: string): Promise<string | undefined> {
  const { exitCode, stdout } = await readGit(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  return exitCode === 0 ? stdout.toString('utf8').trim() : undefined;
}
