import { webAddress } from '../image/web-address.js';
import type { CiVariables, TagFacts } from './facts.js';
import { githubFacts } from './github-facts.js';
import { gitlabFacts } from './gitlab-facts.js';

export interface TagFactsOptions {
  readonly env: CiVariables;
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
  const facts = factsOf({ env, payload, git });
  const commitDate = git.commitDate ?? facts.commitDate;
  return {
    ...facts,
    sha: facts.sha || git.sha || '',
    defaultBranch: facts.defaultBranch || git.defaultBranch || '',
    ...(commitDate !== undefined && { commitDate }),
    ...(git.branches && { branches: git.branches }),
  };
}

function factsOf({ env, payload, git = {} }: TagFactsOptions): TagFacts {
  if (env.GITHUB_ACTIONS || env.GITHUB_EVENT_NAME) return githubFacts(env, payload);
  return env.GITLAB_CI ? gitlabFacts(env) : gitFacts(git);
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
