import { matchPathFilter } from '../../src/core/path-filter/match-path-filter.js';

interface PathFilterCase {
  readonly patterns: readonly string[];
  readonly file: string;
  readonly expected: boolean;
}

/** Compares what a filter says of one file with GitHub's documentation; returns the difference. */
export function check({ patterns, file, expected }: PathFilterCase): string | undefined {
  const actual = matchPathFilter(patterns, file);
  return actual === expected ? undefined : `${actual}, expected ${expected}`;
}
