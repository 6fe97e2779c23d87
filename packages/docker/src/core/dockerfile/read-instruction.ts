import { checkInstruction } from './check-instruction.js';
import type { Instruction } from './dockerfile.js';
import { readHeredocBodies } from './heredoc-bodies.js';
import type { Fault } from './instruction-flags.js';
import { joinLogicalLine } from './logical-lines.js';
import { type ParsedInstruction, parseInstruction } from './parse-instruction.js';
import type { LineRange } from './source-problem.js';

export interface ReadInstruction {
  readonly instruction: Instruction;
  /** Index of the first line after it and its heredocs. */
  readonly end: number;
  /** Index of an empty line inside. */
  readonly emptyLine?: number;
  /** What BuildKit's parser refuses. */
  readonly syntaxFault?: Fault;
  /** What BuildKit refuses once the file is parsed. */
  readonly fault?: Fault;
}

/** Reads the instruction that starts at a line, with the heredocs below it. */
export function readInstruction(
  rawLines: readonly string[],
  index: number,
  escapeCharacter: '\\' | '`',
): ReadInstruction {
  const { text, end, emptyLine } = joinLogicalLine(rawLines, index, escapeCharacter);
  const parsed = parseInstruction(text, escapeCharacter);
  const bodies = readHeredocBodies(rawLines, end, parsed);
  const range = { startLine: index + 1, endLine: bodies.end };
  const instruction = { ...toInstruction(parsed, range), heredocs: bodies.heredocs };
  const syntaxFault = parsed.fault ?? bodies.fault;
  const fault = syntaxFault ? undefined : checkInstruction(instruction, parsed.name);
  return {
    instruction,
    end: bodies.end,
    ...(emptyLine !== undefined && { emptyLine }),
    ...(syntaxFault && { syntaxFault }),
    ...(fault && { fault }),
  };
}

function toInstruction(parsed: ParsedInstruction, range: LineRange): Instruction {
  const { keyword, flags, args, json, text, onbuild } = parsed;
  return {
    keyword,
    flags,
    args,
    json,
    heredocs: [],
    text,
    ...(onbuild && { onbuild: toInstruction(onbuild, range) }),
    startLine: range.startLine,
    endLine: range.endLine,
  };
}
