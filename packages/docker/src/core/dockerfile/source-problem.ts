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

/** Sorts problems in source order; those without a place come first. */
export function byPlace({ place: a }: { place?: Place }, { place: b }: { place?: Place }): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}

/** How far a word is looked for; instructions with longer bodies are reported at their start. */
const searchedLines = 100;

export function locate(source: SourceText, { startLine, endLine }: LineRange, word = ''): Place {
  const lines = source.lines.slice(startLine - 1, Math.min(endLine, startLine + searchedLines));
  const found = findInLines(lines, word, findAlone) ?? findInLines(lines, word, findAnywhere);
  if (found) return { file: source.path, line: startLine + found.line, column: found.index + 1 };
  const indent = /\S/.exec(lines[0] ?? '')?.index ?? 0;
  return { file: source.path, line: Math.max(1, startLine), column: indent + 1 };
}

function findInLines(
  lines: readonly string[],
  word: string,
  find: (line: string, word: string) => number,
): { line: number; index: number } | undefined {
  if (word === '') return undefined;
  for (const [line, text] of lines.entries()) {
    const index = find(text, word);
    if (index >= 0) return { line, index };
  }
  return undefined;
}

/** Not in another word, so that `a` is not found in `FROM alpine`. */
function findAlone(line: string, word: string): number {
  for (let index = line.indexOf(word); index >= 0; index = line.indexOf(word, index + 1)) {
    const before = line.charAt(index - 1);
    const after = line.charAt(index + word.length);
    if (/^[\s="',[]?$/.test(before) && /^[\s="',\]]?$/.test(after)) return index;
  }
  return -1;
}

function findAnywhere(line: string, word: string): number {
  return line.indexOf(word);
}
