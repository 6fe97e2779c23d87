/**
 * What a commit, its event and its repository say, as plain data. `tagFacts` reads it from a CI's variables
 * or from git.
 */
export interface TagFacts {
  /** GitHub's name of the event: `push`, `pull_request`, `schedule`, `workflow_dispatch`, …; empty if unknown. */
  readonly event: string;
  /**
   * `refs/heads/<branch>`, `refs/tags/<tag>` or `refs/pull/<number>/merge`, the last one for merge requests of
   * GitLab too; empty if there is none.
   */
  readonly ref: string;
  /** 40 hexadecimal digits; empty if unknown. */
  readonly sha: string;
  /** Empty if unknown. */
  readonly defaultBranch: string;
  /** The branch a pull request goes to, or the one a git tag was pushed from, where that is known. */
  readonly baseRef?: string;
  /** ISO 8601. */
  readonly commitDate?: string;
  readonly repository?: RepositoryFacts;
  /** Names of the repository's branches, to find two that give one tag. */
  readonly branches?: readonly string[];
}

export interface RepositoryFacts {
  readonly name?: string;
  readonly description?: string;
  /** The page of the repository: `https://github.com/acme/shop`. */
  readonly url?: string;
  /** An SPDX identifier: `MIT`. */
  readonly license?: string;
}

/** The environment of a CI job. */
export type CiVariables = Readonly<Record<string, string | undefined>>;
