import type { Decision } from './decide-run.js';
import { compileFnmatch } from './ruby-fnmatch.js';

/** What a pipeline of GitLab knows when it evaluates `rules:changes`. */
export interface ChangesEvent {
  /** The changed files; `undefined` where GitLab has nothing to compare with. */
  readonly files: readonly string[] | undefined;
  /** Why there is nothing to compare with: `a new branch`, `a tag`, `a schedule`. */
  readonly without?: string;
}

/** GitLab takes more comparisons of patterns and files than this for a match. */
const comparisonLimit = 50_000;

/**
 * Decides `rules:changes` as GitLab does: true if one pattern matches one file, and also wherever there is nothing to
 * compare with: for tags, schedules, and new branches without a merge request.
 * https://docs.gitlab.com/ci/jobs/job_rules/#jobs-or-pipelines-run-unexpectedly-when-using-changes
 */
export function decideChanges(patterns: readonly string[], event: ChangesEvent): Decision {
  const { files, without = 'a pipeline without a commit to compare with' } = event;
  if (!files) return { runs: true, because: `changes is always true for ${without}` };
  if (patterns.length * files.length > comparisonLimit)
    return { runs: true, because: `more than ${comparisonLimit} comparisons count as a match` };
  for (const { pattern, matches } of compileChanges(patterns)) {
    const file = files.find(matches);
    if (file !== undefined) return { runs: true, because: `${file} matches ${pattern}` };
  }
  return {
    runs: false,
    because: files.length === 0 ? 'no file changed' : 'no changed file matches its changes',
  };
}

type Compiled = readonly { readonly pattern: string; readonly matches: (path: string) => boolean }[];

/** A history asks the same lists again and again. */
const compiledLists = new WeakMap<readonly string[], Compiled>();

function compileChanges(patterns: readonly string[]): Compiled {
  const compiled =
    compiledLists.get(patterns) ?? patterns.map((pattern) => ({ pattern, matches: compileFnmatch(pattern) }));
  compiledLists.set(patterns, compiled);
  return compiled;
}
