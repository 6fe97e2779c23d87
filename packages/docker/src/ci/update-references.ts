import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { PublishedRecord } from '../core/build/published-record.js';
import { DockerPluginError, formatProblem } from '../core/errors.js';
import { annotate } from '../host/ci-output.js';
import { pushCommit } from '../host/git/push-commit.js';
import { readBranch } from '../host/git/read-branch.js';
import { readGit, requireGit } from '../host/git/run-git.js';
import type { SetReferencesResult } from '../reports/references/set-references.js';
import { dropOutdated } from './drop-outdated.js';

export interface UpdateReferencesOptions {
  readonly root: string;
  readonly records: readonly PublishedRecord[];
  /** The branch whose manifests are changed. */
  readonly branch: string;
  /** Where the commit goes: to the branch itself, or to a branch of its own, which may be pushed over. */
  readonly to: { readonly branch: string; readonly force: boolean };
  /** Writes the references into the manifests below a folder. */
  readonly setReferences: (root: string, records: readonly PublishedRecord[]) => Promise<SetReferencesResult>;
  /** How often the change is made again because somebody else has pushed. */
  readonly attempts?: number;
}

export interface UpdatedReferences {
  /** The commit that was pushed; left out where nothing had to change. */
  readonly commit?: string;
  /** Workspace-relative. */
  readonly changed: readonly string[];
}

/**
 * Writes references into the manifests at the tip of a branch and pushes them. Where somebody else pushes in between,
 * it starts again from their commit: nothing is rebased, so that there is nothing to conflict. The files of the job's
 * own checkout stay as they are.
 *
 * @throws DockerPluginError GIT_FAILED, and what `setReferences` finds wrong.
 */
export async function updateReferences(options: UpdateReferencesOptions): Promise<UpdatedReferences> {
  const { root, attempts = 5 } = options;
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), 'moltbook-docker-'));
  const tree = join(folder, 'tree');
  try {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const { commit, changed } = await commitReferences(tree, options);
      if (commit === undefined) return { changed };
      if (await pushCommit(root, { commit, ...options.to })) return { commit, changed };
      annotate(
        'notice',
        `somebody else has pushed to ${options.to.branch}: trying again (${attempt} of ${attempts})`,
      );
      if (attempt < attempts) await setTimeout(attempt * 1000 * (0.5 + Math.random()));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await readGit(root, ['worktree', 'prune']);
  }
  throw new DockerPluginError({
    code: 'GIT_FAILED',
    severity: 'error',
    message: `others pushed to ${options.to.branch} each time before this could (${attempts} attempts)`,
    fix: 'run this job again',
  });
}

async function commitReferences(
  tree: string,
  { root, records, branch, setReferences }: UpdateReferencesOptions,
): Promise<UpdatedReferences> {
  const remote = `refs/remotes/origin/${branch}`;
  await requireGit(root, ['fetch', '--quiet', '--no-tags', 'origin', `+refs/heads/${branch}:${remote}`]);
  await readGit(root, ['worktree', 'remove', '--force', tree]);
  await requireGit(root, ['worktree', 'add', '--quiet', '--detach', tree, remote]);
  const prefix = (await requireGit(root, ['rev-parse', '--show-prefix'])).replace(/\n$/, '');
  const workspace = join(tree, prefix);
  const current = await dropOutdated(records, (commit) => readBranch(root, branch, commit));
  const { changed, problems } = await setReferences(workspace, current);
  if (problems.some(({ severity }) => severity === 'error')) throw new DockerPluginError(problems);
  for (const problem of problems) annotate('warning', formatProblem(problem));
  if (changed.length === 0) return { changed };
  await requireGit(workspace, ['add', '--', ...changed.map((file) => `:(literal)${file}`)]);
  const message = messageFor(current, changed);
  await requireGit(workspace, [...(await identity(root)), ...plainCommit, ...message]);
  return { changed, commit: (await requireGit(tree, ['rev-parse', 'HEAD'])).trim() };
}

/** Hooks are for people, and a key to sign with is not here. */
const plainCommit = ['-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgSign=false', 'commit', '--quiet'];

function messageFor(records: readonly PublishedRecord[], changed: readonly string[]): string[] {
  const commits = [...new Set(records.flatMap(({ revision }) => revision?.slice(0, 12) ?? []))];
  const subject = `Deploy the images of ${commits.join(', ') || 'the last build'}`;
  return ['--message', subject, '--message', changed.map((file) => `- ${JSON.stringify(file)}`).join('\n')];
}

/** Git's own, if somebody has set one. */
async function identity(root: string): Promise<string[]> {
  const { exitCode } = await readGit(root, ['-c', 'user.useConfigOnly=true', 'var', 'GIT_COMMITTER_IDENT']);
  if (exitCode === 0) return [];
  return ['-c', 'user.name=moltbook-docker', '-c', 'user.email=moltbook-docker@users.noreply.github.com'];
}
