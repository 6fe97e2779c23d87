import { compilePattern } from '../../src/core/dockerfile/compile-pattern.js';
import { compilePatternList } from '../../src/core/dockerfile/compile-pattern-list.js';
import { cleanPatterns } from '../../src/core/dockerfile/parse-dockerignore.js';

interface DockerignoreCase {
  readonly patterns: readonly string[];
  readonly path: string;
  /** The answer of moby/patternmatcher's MatchesOrParentMatches, `error` if it refuses the patterns. */
  readonly expected: boolean | 'error';
}

/** Compares one path against a list of patterns; returns the difference. */
export function check({ patterns, path, expected }: DockerignoreCase): string | undefined {
  const cleaned = cleanPatterns(patterns);
  const actual = cleaned.some(isRefused) ? 'error' : compilePatternList(cleaned).matches(path);
  return actual === expected ? undefined : `${actual}, expected ${expected}`;
}

function isRefused(pattern: string): boolean {
  return pattern === '!' || !compilePattern(pattern.replace(/^!/, ''));
}
