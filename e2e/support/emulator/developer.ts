import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type EventKind, makeEvent } from '../../../packages/docker/src/core/simulate/make-event.js';
import type { WorkflowEvent } from '../../../packages/docker/src/core/simulate/workflow-event.js';
import { git } from '../run.js';
import { type Files, writeFiles } from '../workspace.js';
import type { Github } from './github.js';

/** Somebody with a clone who pushes, tags and opens pull requests; each gives the event that GitHub would send. */
export interface Developer {
  readonly clone: string;
  /** Commits files on the branch (default: main) on top of what is there, and pushes. */
  push(
    files: Files,
    options?: { readonly branch?: string; readonly message?: string },
  ): Promise<WorkflowEvent>;
  /** Moves main to a commit, as `git push --force`. */
  forcePush(commit: string): Promise<WorkflowEvent>;
  tag(name: string): Promise<WorkflowEvent>;
  /** Commits files on a branch of its own, from main. */
  pullRequest(files: Files, options?: PullRequestOptions): Promise<WorkflowEvent>;
  mergeGroup(files: Files): Promise<WorkflowEvent>;
  dispatch(inputs?: Readonly<Record<string, string | boolean>>): Promise<WorkflowEvent>;
  /** The tip of a branch of the repository. */
  tip(branch?: string): Promise<string>;
  /** A file as it is on a branch or in a commit of the repository. */
  read(file: string, revision?: string): Promise<string>;
}

export interface PullRequestOptions {
  readonly fork?: boolean;
  readonly branch?: string;
  readonly number?: number;
}

export function createDeveloper(github: Github): Developer {
  const clone = join(github.folder, 'developer');
  const event = (
    kind: EventKind,
    facts: Omit<Parameters<typeof makeEvent>[0], 'kind' | 'repository' | 'defaultBranch'>,
  ) => makeEvent({ kind, repository: github.repository, defaultBranch: 'main', ...facts });
  const revision = async (name: string): Promise<string> =>
    (await git(github.origin, 'rev-parse', name)).stdout;
  const tip = (branch = 'main') => revision(`refs/heads/${branch}`);
  const existing = async (branch: string) => {
    const { stdout } = await git(
      github.origin,
      'for-each-ref',
      '--format=%(objectname)',
      `refs/heads/${branch}`,
    );
    return stdout === '' ? null : stdout;
  };

  async function commit(
    files: Files,
    { branch, from, message = 'Change' }: { branch: string; from: string | null; message?: string },
  ) {
    if (!existsSync(clone)) {
      mkdirSync(clone);
      await git(clone, 'init', '--quiet');
      await git(clone, 'remote', 'add', 'origin', github.origin);
    }
    if (from !== null) {
      await git(clone, 'fetch', '--quiet', '--tags', 'origin', '+refs/heads/*:refs/remotes/origin/*');
      await git(clone, 'checkout', '--quiet', '--force', '-B', branch, from);
    }
    writeFiles(clone, files);
    await git(clone, 'add', '--all');
    await git(clone, 'commit', '--quiet', '--allow-empty', '--message', message);
    return (await git(clone, 'rev-parse', 'HEAD')).stdout;
  }

  return {
    clone,
    tip,
    push: async (files, { branch = 'main', message } = {}) => {
      const base = await existing(branch);
      const head = await commit(files, { branch, from: base, ...(message !== undefined && { message }) });
      await git(clone, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
      return event('push', { head, base, branch });
    },
    forcePush: async (head) => {
      const base = await tip();
      await git(github.origin, 'update-ref', 'refs/heads/main', head);
      return event('push', { head, base, forced: true });
    },
    tag: async (gitTag) => {
      const head = await tip();
      await git(github.origin, 'update-ref', `refs/tags/${gitTag}`, head);
      return event('tag', { head, base: null, gitTag });
    },
    pullRequest: async (files, { fork = false, branch = 'change', number = 1 } = {}) => {
      const base = await tip();
      const head = await commit(files, { branch, from: base });
      await git(clone, 'checkout', '--quiet', '--detach', base);
      await git(clone, 'merge', '--quiet', '--no-ff', '--message', `Merge ${head} into ${base}`, head);
      const mergeCommit = (await git(clone, 'rev-parse', 'HEAD')).stdout;
      await git(
        clone,
        'push',
        '--quiet',
        '--force',
        'origin',
        `${mergeCommit}:refs/pull/${number}/merge`,
        `${head}:refs/pull/${number}/head`,
      );
      if (!fork) await git(clone, 'push', '--quiet', '--force', 'origin', `${head}:refs/heads/${branch}`);
      return event(fork ? 'fork' : 'pull-request', { head, base, mergeCommit, number, headBranch: branch });
    },
    mergeGroup: async (files) => {
      const base = await tip();
      const head = await commit(files, { branch: 'queued', from: base });
      const made = event('merge-group', { head, base });
      await git(clone, 'push', '--quiet', 'origin', `${head}:${made.ref}`);
      return made;
    },
    dispatch: async (inputs = {}) => event('dispatch', { head: await tip(), base: null, inputs }),
    read: async (file, of = 'main') => (await git(github.origin, 'show', `${of}:${file}`)).stdout,
  };
}
