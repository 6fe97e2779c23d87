import { isDeepStrictEqual } from 'node:util';
import { parseDockerignore } from '../../src/core/dockerfile/parse-dockerignore.js';

interface DockerignoreReadCase {
  readonly text: string;
  /** What moby/patternmatcher/ignorefile reads. */
  readonly expectedPatterns: readonly string[];
  /** Why moby/patternmatcher refuses the patterns; null if it takes them. */
  readonly matcherError: string | null;
}

/** Compares the patterns read from an ignore file; returns the difference. */
export function check({ text, expectedPatterns, matcherError }: DockerignoreReadCase): string | undefined {
  const { rules, problems } = parseDockerignore(text);
  const patterns = rules.map(({ pattern }) => pattern);
  if (!isDeepStrictEqual(patterns, expectedPatterns))
    return `${JSON.stringify(patterns)}, expected ${JSON.stringify(expectedPatterns)}`;
  if (problems.length > 0 === (matcherError !== null)) return undefined;
  return `${problems.map(({ message }) => message).join()}, expected ${matcherError ?? 'no error'}`;
}
