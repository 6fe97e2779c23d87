import { createShellLexer, lexUntil } from './shell-lexer.js';
import type { VariableValue } from './shell-piece.js';

export type VariableLookup = (name: string) => VariableValue | string | undefined;

export interface ExpandOptions {
  /** The escape character of the Dockerfile; `\` by default. */
  readonly escape?: '\\' | '`';
  /** `ignore` is for the bodies of heredocs, where quotes are data. Quotes are removed by default. */
  readonly quotes?: 'remove' | 'ignore';
}

/** The expanded text, or why the word is malformed. */
export type Expansion =
  | {
      readonly text: string;
      readonly failure?: undefined;
      /** Names that are not set, so that nothing (or a default) stands in their place. */
      readonly unset: readonly string[];
      /** Names whose value is uncertain. */
      readonly uncertain: readonly string[];
      /** Present if the text depends on an uncertain value: the part before it. */
      readonly knownPrefix?: string;
    }
  | { readonly text?: undefined; readonly failure: string };

/**
 * Expands the variables of one word and removes quotes and escapes, as BuildKit does it for FROM, ENV, COPY
 * and the like (https://docs.docker.com/reference/dockerfile/#environment-replacement): `$v`, `${v}`,
 * `${v:-word}`, `${v-word}`, `${v:+word}`, `${v+word}`, `${v:?word}`, `${v?word}`, `${v#p}`, `${v##p}`,
 * `${v%p}`, `${v%%p}`, `${v/p/r}` and `${v//p/r}`. The result is never split into several words. What bash
 * knows beyond that (`${v:=w}`, `${v^^}`, `${v:0:3}`, `${!v}`, `${#v}`) is a failure.
 *
 * The environment is an object, or a lookup that may tell that a value is uncertain.
 */
export function expandWord(
  word: string,
  env: Readonly<Record<string, string>> | VariableLookup,
  options: ExpandOptions = {},
): Expansion {
  const lexer = createShellLexer(word, {
    escape: options.escape ?? '\\',
    quotes: options.quotes ?? 'remove',
    lookup: typeof env === 'function' ? (name) => toValue(env(name)) : (name) => toValue(ownValue(env, name)),
  });
  const piece = lexUntil(lexer, undefined, false);
  if (!piece) return { failure: lexer.failure ?? 'syntax error' };
  return {
    text: piece.text,
    unset: [...lexer.unset],
    uncertain: [...lexer.uncertain],
    ...(piece.known !== undefined && { knownPrefix: piece.known }),
  };
}

function ownValue(env: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

function toValue(value: VariableValue | string | undefined): VariableValue {
  if (value === undefined) return {};
  return typeof value === 'string' ? { text: value } : value;
}
