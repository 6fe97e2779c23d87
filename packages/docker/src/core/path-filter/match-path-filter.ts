import { DockerPluginError, type Problem } from '../errors.js';
import { compilePathPattern } from './compile-path-pattern.js';

/** A list of patterns of one filter, of which the last that matches decides. */
export interface PathFilter {
  matches(name: string): boolean;
  /** The index of the pattern that decides about a name: the last that matches it. */
  decides(name: string): number | undefined;
  /** Errors of malformed patterns, by their index. Such a pattern matches nothing; GitHub refuses the workflow. */
  readonly problems: ReadonlyMap<number, Problem>;
}

/**
 * Tells if a file passes a filter of GitHub Actions, such as `paths` of `on.push`: the last pattern that matches it
 * decides, and one with `!` in front decides against it. A list without a positive pattern lets nothing pass.
 *
 * @param file Relative to the root of the repository, with `/`.
 * @throws DockerPluginError PATH_FILTER_INVALID for a malformed pattern.
 */
export function matchPathFilter(patterns: readonly string[], file: string): boolean {
  const filter = compilePathFilter(patterns);
  if (filter.problems.size > 0) throw new DockerPluginError([...filter.problems.values()]);
  return filter.matches(file);
}

/** A history asks the same lists again and again. */
const compiledFilters = new WeakMap<readonly string[], PathFilter>();

/** Compiles a filter once, for many files; the same list gives the same filter. */
export function compilePathFilter(patterns: readonly string[]): PathFilter {
  const filter = compiledFilters.get(patterns) ?? compile(patterns);
  compiledFilters.set(patterns, filter);
  return filter;
}

function compile(patterns: readonly string[]): PathFilter {
  const problems = new Map<number, Problem>();
  const compiled = patterns.map((pattern, index) => {
    const result = compilePathPattern(pattern);
    if (!('failure' in result)) return result;
    problems.set(index, patternProblem(pattern, result.failure));
    return { isNegated: false, matches: () => false };
  });
  const decides = (name: string): number | undefined => {
    const index = compiled.findLastIndex(({ matches }) => matches(name));
    return index < 0 ? undefined : index;
  };
  return {
    decides,
    matches: (name) => {
      const index = decides(name);
      return index !== undefined && compiled[index]?.isNegated === false;
    },
    problems,
  };
}

function patternProblem(pattern: string, failure: string): Problem {
  return {
    code: 'PATH_FILTER_INVALID',
    severity: 'error',
    message: `the pattern ${JSON.stringify(pattern)} is malformed: ${failure}`,
    fix: 'correct it; a \\ in front takes the next character as it is',
  };
}
