import picomatch from 'picomatch';
import type { Decision } from './decide-run.js';

/** One filter of the action dorny/paths-filter. */
export interface DornyFilter {
  readonly name: string;
  readonly rules: readonly DornyRule[];
  /** `some` (default): a file counts if one pattern matches it. `every`: if all do. */
  readonly quantifier: 'some' | 'every';
}

export interface DornyRule {
  readonly pattern: string;
  /** Only files with one of these changes: `added`, `deleted`, `modified`, `renamed` … Default: any. */
  readonly statuses?: readonly string[];
}

export interface DornyChange {
  readonly path: string;
  /** Default: any. */
  readonly status?: string;
}

/** GitHub's API lists so many files of a pull request; the action takes all others for unchanged. */
export const dornyFileLimit = 3000;

/**
 * Decides a filter as dorny/paths-filter does, by picomatch with dot files. Unless the quantifier is `every`, each
 * pattern stands for itself, so that `!docs/**` matches every file that is not in docs.
 * https://github.com/dorny/paths-filter/blob/v3.0.2/src/filter.ts
 */
export function decideDorny(
  filter: DornyFilter,
  changes: readonly DornyChange[],
  isPullRequest = false,
): Decision {
  const seen = isPullRequest ? changes.slice(0, dornyFileLimit) : changes;
  const matches = compileDorny(filter);
  const change = seen.find(matches);
  if (change) return { runs: true, because: `${change.path} matches the filter ${filter.name}` };
  if (seen.length < changes.length)
    return {
      runs: false,
      because: `no file of the first ${dornyFileLimit} matches the filter ${filter.name}, and it sees no more`,
    };
  return { runs: false, because: `no changed file matches the filter ${filter.name}` };
}

type Test = (change: DornyChange) => boolean;

/** A history asks the same filters again and again. */
const compiledFilters = new WeakMap<DornyFilter, Test>();

/** Compiles a filter once, for many files; the same filter gives the same test. */
export function compileDorny(filter: DornyFilter): Test {
  const test = compiledFilters.get(filter) ?? compile(filter);
  compiledFilters.set(filter, test);
  return test;
}

function compile({ rules, quantifier }: DornyFilter): Test {
  const tests = rules.map(({ pattern, statuses }): Test => {
    const isMatch = compileDornyPattern(pattern);
    return ({ path, status }) =>
      (status === undefined || !statuses || statuses.includes(status)) && isMatch(path);
  });
  if (quantifier === 'every') return (change) => tests.length > 0 && tests.every((test) => test(change));
  return (change) => tests.some((test) => test(change));
}

/** A pattern that picomatch does not take, such as an empty one, matches nothing. */
export function compileDornyPattern(pattern: string): (path: string) => boolean {
  try {
    return picomatch(pattern, { dot: true });
  } catch {
    return () => false;
  }
}
