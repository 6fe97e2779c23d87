import type { Place, Problem } from '../errors.js';

/** The text that problems point into. */
export interface SourceText {
  readonly path: string;
  readonly lines: readonly string[];
}

/** Lines that an instruction spans, counted from 1. */
export interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

export type ProblemText = Pick<Problem, 'code' | 'severity' | 'message' | 'fix'>;

/** A problem at the first place of `word` in the range, or at the range's first character. */
export function problemAt(
  source: SourceText,
  { range, word }: { range: LineRange; word?: string | undefined },
  text: ProblemText,
): Problem {
  const place = locate(source, range, word);
  return { ...text, place, sourceLine: source.lines[place.line - 1] ?? '' };
}

/** How far a word is looked for; instructions with longer bodies are reported at their start. */
const searchedLines = 100;

export function locate(source: SourceText, { startLine, endLine }: LineRange, word = ''): Place {
  const last = Math.min(endLine, startLine + searchedLines);
  for (let line = startLine; word !== '' && line <= last; line++) {
    const index = findWord(source.lines[line - 1] ?? '', word);
    if (index >= 0) return { file: source.path, line, column: index + 1 };
  }
  const indent = /\S/.exec(source.lines[startLine - 1] ?? '')?.index ?? 0;
  return { file: source.path, line: Math.max(1, startLine), column: indent + 1 };
}

/** Prefers the word standing alone, so that `a` is not found in `FROM alpine`. */
function findWord(line: string, word: string): number {
  for (let index = line.indexOf(word); index >= 0; index = line.indexOf(word, index + 1)) {
    const before = line.charAt(index - 1);
    const after = line.charAt(index + word.length);
    if (/^[\s="',[]?$/.test(before) && /^[\s="',\]]?$/.test(after)) return index;
  }
  return line.indexOf(word);
}
