import type { Heredoc } from './dockerfile.js';
import { findHeredocWords } from './heredoc-words.js';
import type { Fault } from './instruction-flags.js';
import { withoutLineEnd } from './logical-lines.js';
import type { ParsedInstruction } from './parse-instruction.js';

export interface HeredocBodies {
  readonly heredocs: readonly Heredoc[];
  /** Index of the first line after the bodies. */
  readonly end: number;
  readonly fault?: Fault;
}

/** Reads the bodies that follow an instruction; only RUN, COPY and ADD in shell form have any. */
export function readHeredocBodies(
  lines: readonly string[],
  start: number,
  instruction: ParsedInstruction,
): HeredocBodies {
  const none = { heredocs: [], end: start };
  if (!mayHaveHeredocs(instruction.onbuild ?? instruction) || !instruction.text.includes('<<')) return none;
  const { heredocs: words, failure } = findHeredocWords(instruction.text);
  if (failure !== undefined)
    return { ...none, fault: { message: failure, fix: 'correct the word after <<' } };
  const heredocs: Heredoc[] = [];
  let end = start;
  for (const word of words) {
    const terminator = findTerminator(lines, end, word);
    if (terminator === undefined) {
      const { name } = word;
      const message = `the heredoc ${name} has no line that ends it`;
      const fix = `write a line with only ${name} after the body`;
      return { heredocs, end: lines.length, fault: { message, fix, word: name } };
    }
    heredocs.push({ ...word, content: lines.slice(end, terminator).join('') });
    end = terminator + 1;
  }
  return { heredocs, end };
}

function mayHaveHeredocs({ keyword, json }: ParsedInstruction): boolean {
  return !json && (keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD');
}

function findTerminator(
  lines: readonly string[],
  start: number,
  { name, chomp }: { name: string; chomp: boolean },
): number | undefined {
  for (let i = start; i < lines.length; i++) {
    const line = withoutLineEnd(lines[i] ?? '');
    if ((chomp ? line.replace(/^\t+/, '') : line) === name) return i;
  }
  return undefined;
}
