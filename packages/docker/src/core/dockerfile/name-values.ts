import type { Fault } from './instruction-flags.js';
import { cutWord, isSpace } from './white-space.js';

export interface NameValues {
  readonly args: readonly string[];
  readonly fault?: Fault;
}

/** The arguments of ENV and LABEL as triples of name, value and separator (`=`, or nothing in `ENV a b`). */
export function parseNameValues(keyword: string, text: string, escapeCharacter: '\\' | '`'): NameValues {
  const words = splitQuotedWords(text, escapeCharacter);
  const [first] = words;
  if (first === undefined) return { args: [] };
  if (!first.includes('=')) return parseLegacyForm(keyword, text);
  const args: string[] = [];
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 0) return { args: [], fault: missingValue(word) };
    args.push(word.slice(0, at), word.slice(at + 1), '=');
  }
  return { args };
}

/** Splits at white space outside of quotes; quotes and escapes stay in the words. */
export function splitQuotedWords(text: string, escapeCharacter: '\\' | '`'): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quote === '' && isSpace(char)) {
      if (word !== '') words.push(word);
      word = '';
      continue;
    }
    if (char === escapeCharacter && quote !== "'") {
      if (i + 1 === text.length) break;
      word += char + text.charAt(++i);
      continue;
    }
    if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    word += char;
  }
  if (word !== '') words.push(word);
  return words;
}

function parseLegacyForm(keyword: string, text: string): NameValues {
  const { word, rest } = cutWord(text);
  if (rest !== undefined) return { args: [word, rest, ''] };
  return {
    args: [],
    fault: { message: `${keyword} must have two arguments`, fix: `write ${keyword} ${word}=<value>` },
  };
}

function missingValue(word: string): Fault {
  const message = `can't find = in ${JSON.stringify(word)}, which must be of the form name=value`;
  return { message, fix: 'put a value that has blanks in double quotes', word };
}
