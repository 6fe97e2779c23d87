import { expandWord } from '../../src/core/dockerfile/expand-word.js';

interface ExpandCase {
  readonly word: string;
  readonly env: Readonly<Record<string, string>>;
  readonly expected: string | null;
  readonly error: boolean;
}

/** Compares an expanded word with BuildKit's; returns the difference. */
export function check({ word, env, expected, error }: ExpandCase): string | undefined {
  const { text, failure } = expandWord(word, env);
  if (error)
    return failure === undefined ? `expanded to ${JSON.stringify(text)}, expected an error` : undefined;
  if (failure !== undefined) return `refused: ${failure}`;
  return text === expected ? undefined : `${JSON.stringify(text)}, expected ${JSON.stringify(expected)}`;
}
