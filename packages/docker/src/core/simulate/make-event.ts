import type { WorkflowEvent } from './workflow-event.js';

/** What can be simulated; `fork` is a pull request out of a fork. */
export const eventKinds = ['push', 'pull-request', 'fork', 'tag', 'merge-group', 'dispatch'] as const;
export type EventKind = (typeof eventKinds)[number];

/** What happened, as git tells it. */
export interface EventFacts {
  readonly kind: EventKind;
  /** `owner/name`. */
  readonly repository: string;
  readonly defaultBranch: string;
  /** The branch that was pushed, or that a pull request or a merge goes to. Default: the default branch. */
  readonly branch?: string;
  /** The new commit, 40 hex digits; of a pull request the tip of its branch. */
  readonly head: string;
  /** The commit before: the old tip of the branch, or of the branch that a pull request goes to; null if there is none. */
  readonly base: string | null;
  /** The commit that would result from merging the pull request. Default: `head`. */
  readonly mergeCommit?: string;
  /** The branch of a pull request. Default: `change`. */
  readonly headBranch?: string;
  /** Without `refs/tags/`. Default: `v1.0.0`. */
  readonly gitTag?: string;
  /** Inputs of a manual start. */
  readonly inputs?: Readonly<Record<string, string | boolean>>;
  readonly forced?: boolean;
  readonly changedFiles?: readonly string[];
  /** Of the pull request. */
  readonly number?: number;
  readonly actor?: string;
}

const zeros = '0'.repeat(40);

/**
 * Makes an event as GitHub sends it, with the fields that workflows commonly read.
 *
 * @see https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
export function makeEvent(facts: EventFacts): WorkflowEvent {
  const { kind, repository, changedFiles, actor = 'octocat' } = facts;
  const common = {
    actor,
    repository,
    fromFork: kind === 'fork',
    ...(changedFiles !== undefined && { changedFiles }),
  };
  const { payload, ...event } = makers[kind](facts);
  const details = {
    repository: repositoryOf(repository, facts.defaultBranch),
    sender: { login: actor, type: 'User' },
  };
  return { ...common, ...event, payload: { ...payload, ...details } };
}

type EventPart = Omit<WorkflowEvent, 'actor' | 'repository' | 'fromFork' | 'changedFiles'>;

const makers: Readonly<Record<EventKind, (facts: EventFacts) => EventPart>> = {
  push: (facts) => pushOf(`refs/heads/${branchOf(facts)}`, facts),
  tag: (facts) => pushOf(`refs/tags/${facts.gitTag ?? 'v1.0.0'}`, { ...facts, base: null }),
  'pull-request': pullRequestOf,
  fork: pullRequestOf,
  'merge-group': mergeGroupOf,
  dispatch: (facts) => {
    const ref = `refs/heads/${branchOf(facts)}`;
    return { name: 'workflow_dispatch', ref, sha: facts.head, payload: { ref, inputs: facts.inputs ?? {} } };
  },
};

function pushOf(ref: string, { head, base, forced = false }: EventFacts): EventPart {
  const commit = { id: head, distinct: true };
  return {
    name: 'push',
    ref,
    sha: head,
    payload: {
      ref,
      before: base ?? zeros,
      after: head,
      created: base === null,
      deleted: false,
      forced,
      base_ref: null,
      commits: base === head ? [] : [commit],
      head_commit: commit,
    },
  };
}

function pullRequestOf(facts: EventFacts): EventPart {
  const { kind, repository, defaultBranch, head, base, number = 1, headBranch = 'change' } = facts;
  const from =
    kind === 'fork' ? `fork-of-${repository.replace('/', '-')}/${repository.split('/')[1]}` : repository;
  const baseRef = branchOf(facts);
  return {
    name: 'pull_request',
    ref: `refs/pull/${number}/merge`,
    sha: facts.mergeCommit ?? head,
    headRef: headBranch,
    baseRef,
    payload: {
      action: 'synchronize',
      number,
      pull_request: {
        number,
        draft: false,
        merged: false,
        base: { ref: baseRef, sha: base ?? zeros, repo: repositoryOf(repository, defaultBranch) },
        head: {
          ref: headBranch,
          sha: head,
          repo: { ...repositoryOf(from, defaultBranch), fork: kind === 'fork' },
        },
      },
    },
  };
}

function mergeGroupOf(facts: EventFacts): EventPart {
  const { head, base, number = 1 } = facts;
  const branch = branchOf(facts);
  const ref = `refs/heads/gh-readonly-queue/${branch}/pr-${number}-${base ?? zeros}`;
  return {
    name: 'merge_group',
    ref,
    sha: head,
    payload: {
      action: 'checks_requested',
      merge_group: {
        head_sha: head,
        head_ref: ref,
        base_sha: base ?? zeros,
        base_ref: `refs/heads/${branch}`,
        head_commit: { id: head },
      },
    },
  };
}

function branchOf({ branch, defaultBranch }: EventFacts): string {
  return branch ?? defaultBranch;
}

function repositoryOf(fullName: string, defaultBranch: string): Record<string, unknown> {
  const [owner, name] = fullName.split('/');
  return {
    full_name: fullName,
    name,
    owner: { login: owner },
    default_branch: defaultBranch,
    private: true,
    fork: false,
  };
}
