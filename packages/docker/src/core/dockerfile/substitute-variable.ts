import { type PatternResult, replaceShellPattern, trimShellPattern } from './shell-pattern.js';
import { certain, type Piece, pieceOf, uncertain, type VariableValue } from './shell-piece.js';

export interface Substitution {
  readonly name: string;
  readonly value: VariableValue;
  /** What stands after the operator, expanded. */
  readonly word: Piece;
  /** The operator without its colon; a colon says that an empty value counts as unset. */
  readonly modifier: string;
  readonly nullIsUnset: boolean;
}

export interface SubstitutionFailure {
  readonly failure: string;
}

/** What `${name<operator>word}` stands for. */
export function substituteVariable(substitution: Substitution): Piece | SubstitutionFailure {
  const { value, word, modifier, nullIsUnset } = substitution;
  const text = value.text ?? '';
  const isAbsent = value.text === undefined || (nullIsUnset && text === '');
  const isDecided = value.knownPrefix !== '' || (value.text !== undefined && !nullIsUnset);
  switch (modifier) {
    case '-':
      if (!isDecided) return uncertain(isAbsent ? word.text : text);
      return isAbsent ? word : pieceOf(value);
    case '+':
      if (!isDecided) return uncertain(isAbsent ? '' : word.text);
      return isAbsent ? certain('') : word;
    case '?':
      return isAbsent && isDecided ? { failure: whyRequired(substitution) } : pieceOf(value);
    case '#':
    case '%':
      if (!nullIsUnset) return trim(substitution);
      break;
  }
  return { failure: `unsupported modifier (${nullIsUnset ? ':' : ''}${modifier}) in substitution` };
}

/** What `${name/pattern/replacement}` and `${name//pattern/replacement}` stand for. */
export function replaceInVariable(
  value: VariableValue,
  pattern: Piece,
  { replacement, all }: { replacement: Piece; all: boolean },
): Piece | SubstitutionFailure {
  const result = replaceShellPattern(value.text ?? '', pattern.text, { replacement: replacement.text, all });
  return toPiece(result, value.knownPrefix ?? pattern.known ?? replacement.known);
}

function trim({ value, word, modifier }: Substitution): Piece | SubstitutionFailure {
  const greedy = word.text.startsWith(modifier);
  const pattern = greedy ? word.text.slice(1) : word.text;
  const end = modifier === '#' ? 'start' : 'end';
  const result = trimShellPattern(value.text ?? '', pattern, { end, greedy });
  return toPiece(result, value.knownPrefix ?? word.known);
}

function toPiece(result: PatternResult, known: string | undefined): Piece | SubstitutionFailure {
  if (result.failure !== undefined) return { failure: result.failure };
  return known === undefined ? certain(result.text) : uncertain(result.text);
}

function whyRequired({ name, value, word }: Substitution): string {
  const state = value.text === undefined ? 'unset' : 'empty';
  return `${name}: ${word.text === '' ? `is not allowed to be ${state}` : word.text}`;
}
