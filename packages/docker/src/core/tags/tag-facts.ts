import type { RepositoryFacts, TagFacts } from './facts.js';

export interface TagFactsOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The event of GitHub: the parsed file at `$GITHUB_EVENT_PATH`. */
  readonly payload?: unknown;
  readonly git?: GitFacts;
}

/** What git knows; it fills what the CI does not say. */
export interface GitFacts {
  /** 40 hexadecimal digits. */
  readonly sha?: string;
  /** The branch that is checked out; nothing on a detached HEAD. */
  readonly branch?: string;
  /** The git tag at HEAD; used where no branch is checked out. */
  readonly tag?: string;
  readonly defaultBranch?: string;
  /** The committer's date, ISO 8601. */
  readonly commitDate?: string;
  /** The URL of `origin`. */
  readonly remoteUrl?: string;
  readonly branches?: readonly string[];
}

/** The facts of GitHub Actions, of GitLab CI, or else of git alone. */
export function tagFacts({ env, payload, git = {} }: TagFactsOptions): TagFacts {
  const facts = env.GITHUB_ACTIONS === 'true' ? githubFacts(env, payload) : gitlabOrGit(env, git);
  const commitDate = git.commitDate ?? facts.commitDate;
  return {
    ...facts,
    sha: facts.sha || git.sha || '',
    defaultBranch: facts.defaultBranch || git.defaultBranch || '',
    ...(commitDate !== undefined && { commitDate }),
    ...(git.branches && { branches: git.branches }),
  };
}

function gitlabOrGit(env: TagFactsOptions['env'], git: GitFacts): TagFacts {
  return env.GITLAB_CI === 'true' ? gitlabFacts(env) : gitFacts(git);
}

/** https://docs.github.com/actions/reference/workflows-and-actions/variables and the payloads of its events. */
function githubFacts(env: TagFactsOptions['env'], payload: unknown): TagFacts {
  const event = env.GITHUB_EVENT_NAME ?? '';
  const ref = githubRef(event, env.GITHUB_REF ?? '', payload);
  const sha = githubSha(env, event, payload);
  const baseRef = githubBaseRef(ref, payload);
  const head = lookUp(payload, 'head_commit');
  const commitDate = textAt(head, 'id') === sha ? textAt(head, 'timestamp') : undefined;
  return {
    event,
    ref,
    sha,
    defaultBranch: textAt(payload, 'repository', 'default_branch') ?? '',
    ...(baseRef !== undefined && { baseRef }),
    ...(commitDate !== undefined && { commitDate }),
    repository: githubRepository(env, payload),
  };
}

/** On pull_request_target, GITHUB_REF is the branch the pull request goes to. */
function githubRef(event: string, ref: string, payload: unknown): string {
  const number = lookUp(payload, 'number') ?? lookUp(payload, 'pull_request', 'number');
  return event === 'pull_request_target' && typeof number === 'number' ? `refs/pull/${number}/merge` : ref;
}

/** On pull_request, GITHUB_SHA is a merge commit; metadata-action's variable asks for the head instead. */
function githubSha(env: TagFactsOptions['env'], event: string, payload: unknown): string {
  const wantsHead =
    /pull_request/.test(event) && env.DOCKER_METADATA_PR_HEAD_SHA?.toLowerCase().includes('true');
  const head = wantsHead ? textAt(payload, 'pull_request', 'head', 'sha') : undefined;
  return head ?? env.GITHUB_SHA ?? '';
}

function githubBaseRef(ref: string, payload: unknown): string | undefined {
  if (ref.startsWith('refs/tags/')) return textAt(payload, 'base_ref')?.replace(/^refs\/heads\//, '');
  return ref.startsWith('refs/pull/') ? textAt(payload, 'pull_request', 'base', 'ref') : undefined;
}

function githubRepository(env: TagFactsOptions['env'], payload: unknown): RepositoryFacts {
  const fullName = env.GITHUB_REPOSITORY ?? '';
  const url = `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${fullName}`;
  return {
    name: textAt(payload, 'repository', 'name') ?? fullName.replace(/^.*\//, ''),
    description: textAt(payload, 'repository', 'description') ?? '',
    url: textAt(payload, 'repository', 'html_url') ?? (fullName === '' ? '' : url),
    license: textAt(payload, 'repository', 'license', 'spdx_id') ?? '',
  };
}

/** GitLab's names of what starts a pipeline, in GitHub's words; any other is a push. */
const gitlabEvents: Readonly<Record<string, string>> = {
  merge_request_event: 'pull_request',
  schedule: 'schedule',
  web: 'workflow_dispatch',
  api: 'workflow_dispatch',
  trigger: 'workflow_dispatch',
};

/** https://docs.gitlab.com/ci/variables/predefined_variables */
function gitlabFacts(env: TagFactsOptions['env']): TagFacts {
  const baseRef = env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME;
  return {
    event: gitlabEvents[env.CI_PIPELINE_SOURCE ?? ''] ?? 'push',
    ref: gitlabRef(env),
    sha: env.CI_COMMIT_SHA ?? '',
    defaultBranch: env.CI_DEFAULT_BRANCH ?? '',
    ...(baseRef !== undefined && { baseRef }),
    ...(env.CI_COMMIT_TIMESTAMP !== undefined && { commitDate: env.CI_COMMIT_TIMESTAMP }),
    repository: {
      name: env.CI_PROJECT_NAME ?? '',
      description: env.CI_PROJECT_DESCRIPTION ?? '',
      url: env.CI_PROJECT_URL ?? '',
    },
  };
}

function gitlabRef(env: TagFactsOptions['env']): string {
  if (env.CI_MERGE_REQUEST_IID) return `refs/pull/${env.CI_MERGE_REQUEST_IID}/merge`;
  if (env.CI_COMMIT_TAG) return `refs/tags/${env.CI_COMMIT_TAG}`;
  const branch = env.CI_COMMIT_BRANCH ?? env.CI_COMMIT_REF_NAME ?? '';
  return branch === '' ? '' : `refs/heads/${branch}`;
}

function gitFacts({ branch, tag, remoteUrl = '' }: GitFacts): TagFacts {
  const url = webAddress(remoteUrl);
  return {
    event: '',
    ref: branch ? `refs/heads/${branch}` : tag ? `refs/tags/${tag}` : '',
    sha: '',
    defaultBranch: '',
    repository: { name: url.replace(/^.*\//, ''), url },
  };
}

/** `git@host:path.git` and `https://user:secret@host/path.git` as an address to show; empty for a local path. */
function webAddress(remote: string): string {
  const [, host, path] =
    /^(?:https?|ssh|git):\/\/(?:[^/]*@)?([^/]+)\/(.+)$/.exec(remote) ??
    /^(?:[^/@]+@)?([\w.-]{2,}):(?!\/\/)(.+)$/.exec(remote) ??
    [];
  if (host === undefined || path === undefined) return '';
  const port = remote.startsWith('http') ? '' : /:\d+$/;
  return `https://${host.replace(port, '')}/${path.replace(/^\/+|\/+$|\.git\/?$/g, '')}`;
}

function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = lookUp(value, ...keys);
  return typeof found === 'string' ? found : undefined;
}

function lookUp(value: unknown, ...keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[key];
  }
  return current;
}
