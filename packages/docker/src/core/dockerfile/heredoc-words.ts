import { createShellLexer, lexToken, type ShellLexerOptions } from './shell-lexer.js';
import { isSpace } from './white-space.js';

/** `<<NAME` of a RUN, COPY or ADD; the body is on the following lines. */
export interface HeredocWord {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
}

export type HeredocWordResult =
  | { readonly heredoc: HeredocWord | undefined; readonly failure?: undefined }
  | { readonly heredoc?: undefined; readonly failure: string };

/** Finds the heredocs of an instruction in the order of their bodies. A line with open quotes has none. */
export function findHeredocWords(text: string): { heredocs: HeredocWord[]; failure?: string } {
  const heredocs: HeredocWord[] = [];
  for (const word of splitShellWords(text, { quotes: 'keep', keepEscapes: true }).words) {
    const { heredoc, failure } = parseHeredocWord(word);
    if (failure !== undefined) return { heredocs, failure };
    if (heredoc) heredocs.push(heredoc);
  }
  return { heredocs };
}

/** Reads a whole word such as `<<EOF`, `3<<-EOF` or `<<"EOF"`; `<<<` and `<<` are no heredocs. */
export function parseHeredocWord(word: string): HeredocWordResult {
  const [, dash, rest] = /^\d*<<(-?)\s*([^<]*)$/.exec(word) ?? [];
  if (!rest) return { heredoc: undefined };
  const plain = splitShellWords(rest, { quotes: 'remove' });
  if (plain.failure !== undefined) return { failure: plain.failure };
  const [name] = plain.words;
  if (name === undefined || plain.words.length > 1) return { heredoc: undefined };
  const [quoted] = splitShellWords(rest, { quotes: 'keep' }).words;
  return { heredoc: { name, expand: countQuotes(quoted ?? '') === countQuotes(name), chomp: dash === '-' } };
}

/**
 * Splits as a shell would, with no variable set; unset variables stay as they are written. `<<` and the word
 * after it are one word.
 */
function splitShellWords(
  text: string,
  options: Pick<ShellLexerOptions, 'quotes' | 'keepEscapes'>,
): { words: string[]; failure?: string } {
  const lexer = createShellLexer(text, { ...options, escape: '\\', keepUnset: true, lookup: () => ({}) });
  const words: string[] = [];
  let word = '';
  while (lexer.position < text.length) {
    const start = lexer.position;
    const piece = lexToken(lexer);
    if (!piece) return { words: [], failure: lexer.failure ?? 'syntax error' };
    const isQuotedOrEscaped = lexer.position !== start + 1 && text.charAt(start) !== '$';
    for (const char of piece.text) {
      if (isQuotedOrEscaped || !isSpace(char)) word += char;
      else if (!word.endsWith('<<')) {
        if (word !== '') words.push(word);
        word = '';
      }
    }
  }
  if (word !== '') words.push(word);
  return { words };
}

function countQuotes(text: string): number {
  return text.replace(/[^'"]/g, '').length;
}
