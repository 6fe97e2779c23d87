import type { CiVariables, TagFacts } from './facts.js';

/** GitLab's names of what starts a pipeline, in GitHub's words; any other is a push. */
const gitlabEvents: Readonly<Record<string, string>> = {
  merge_request_event: 'pull_request',
  schedule: 'schedule',
  web: 'workflow_dispatch',
  api: 'workflow_dispatch',
  trigger: 'workflow_dispatch',
};

/** https://docs.gitlab.com/ci/variables/predefined_variables */
export function gitlabFacts(env: CiVariables): TagFacts {
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

function gitlabRef(env: CiVariables): string {
  if (env.CI_MERGE_REQUEST_IID) return `refs/pull/${env.CI_MERGE_REQUEST_IID}/merge`;
  if (env.CI_COMMIT_TAG) return `refs/tags/${env.CI_COMMIT_TAG}`;
  const branch = env.CI_COMMIT_BRANCH ?? env.CI_COMMIT_REF_NAME ?? '';
  return branch === '' ? '' : `refs/heads/${branch}`;
}
