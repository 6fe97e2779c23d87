import type { CiVariables, RepositoryFacts, TagFacts } from './facts.js';

/** https://docs.github.com/actions/reference/workflows-and-actions/variables and the payloads of its events. */
export function githubFacts(env: CiVariables, payload: unknown): TagFacts {
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
function githubSha(env: CiVariables, event: string, payload: unknown): string {
  const wantsHead =
    /pull_request/.test(event) && env.DOCKER_METADATA_PR_HEAD_SHA?.toLowerCase().includes('true');
  const head = wantsHead ? textAt(payload, 'pull_request', 'head', 'sha') : undefined;
  return head ?? env.GITHUB_SHA ?? '';
}

function githubBaseRef(ref: string, payload: unknown): string | undefined {
  if (ref.startsWith('refs/tags/')) return textAt(payload, 'base_ref')?.replace(/^refs\/heads\//, '');
  return ref.startsWith('refs/pull/') ? textAt(payload, 'pull_request', 'base', 'ref') : undefined;
}

function githubRepository(env: CiVariables, payload: unknown): RepositoryFacts {
  const fullName = env.GITHUB_REPOSITORY ?? '';
  const url = `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${fullName}`;
  return {
    name: textAt(payload, 'repository', 'name') ?? fullName.replace(/^.*\//, ''),
    description: textAt(payload, 'repository', 'description') ?? '',
    url: textAt(payload, 'repository', 'html_url') ?? (fullName === '' ? '' : url),
    license: textAt(payload, 'repository', 'license', 'spdx_id') ?? '',
  };
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
