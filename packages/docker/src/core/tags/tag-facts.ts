import type { TagFacts } from './facts.js';

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
export function tagFacts({ env, git = {} }: TagFactsOptions): TagFacts {
  throw new Error(`tagFacts is not there yet (${env.CI} ${git.sha})`);
}
