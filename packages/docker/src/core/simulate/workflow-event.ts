/** Something that happened in a repository, as GitHub tells it to a workflow. */
export interface WorkflowEvent {
  /** GitHub's name: `push`, `pull_request`, `merge_group`, `workflow_dispatch` … */
  readonly name: string;
  /** The event file. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** `refs/heads/main`, `refs/tags/v1`, `refs/pull/7/merge` … */
  readonly ref: string;
  /** The commit that is checked out, 40 hex digits. */
  readonly sha: string;
  readonly actor: string;
  /** `owner/name`. */
  readonly repository: string;
  /** True for a pull request out of a fork. */
  readonly fromFork: boolean;
  /** Branches of a pull request. */
  readonly headRef?: string;
  readonly baseRef?: string;
  /** What path filters look at; absent where it is not known, which counts as a match. */
  readonly changedFiles?: readonly string[];
}

/** What belongs to one run and not to the event. */
export interface RunFacts {
  readonly runId: number;
  readonly runNumber: number;
  readonly runAttempt: number;
  readonly serverUrl: string;
}

export const firstRun: RunFacts = { runId: 1, runNumber: 1, runAttempt: 1, serverUrl: 'https://github.com' };

/** The `github` context without what belongs to a job. */
export function githubContext(
  event: WorkflowEvent,
  {
    workflow,
    run,
  }: { readonly workflow: { readonly name: string; readonly file: string }; readonly run: RunFacts },
): Record<string, unknown> {
  const { serverUrl } = run;
  return {
    event_name: event.name,
    event: event.payload,
    ref: event.ref,
    ref_name: event.ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    ref_type: event.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: false,
    sha: event.sha,
    head_ref: event.headRef ?? '',
    base_ref: event.baseRef ?? '',
    actor: event.actor,
    triggering_actor: event.actor,
    repository: event.repository,
    repository_owner: event.repository.split('/')[0],
    run_id: String(run.runId),
    run_number: String(run.runNumber),
    run_attempt: String(run.runAttempt),
    workflow: workflow.name,
    workflow_ref: `${event.repository}/${workflow.file}@${event.ref}`,
    workflow_sha: event.sha,
    server_url: serverUrl,
    api_url: serverUrl === 'https://github.com' ? 'https://api.github.com' : `${serverUrl}/api/v3`,
    graphql_url:
      serverUrl === 'https://github.com' ? 'https://api.github.com/graphql' : `${serverUrl}/api/graphql`,
    token: '***',
    workspace: '/home/runner/work/repository/repository',
  };
}
