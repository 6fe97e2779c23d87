import { compilePathFilter } from '../../src/core/path-filter/match-path-filter.js';

interface InvalidCase {
  readonly pattern: string;
  /** `unspecified` where GitHub does not say: this package then refuses the pattern. */
  readonly expected: 'error' | 'accepted' | 'unspecified';
}

/** Compares whether a pattern is refused; returns the difference. */
export function check({ pattern, expected }: InvalidCase): string | undefined {
  const actual = compilePathFilter([pattern]).problems.size > 0 ? 'error' : 'accepted';
  const wanted = expected === 'unspecified' ? 'error' : expected;
  return actual === wanted ? undefined : `${actual}, expected ${wanted}`;
}
