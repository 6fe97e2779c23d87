import type { Problem } from '../errors.js';
import { checkInstruction } from './check-instruction.js';
import { type Directives, detectSyntax, isDockerfileFrontend, readDirective } from './directives.js';
import type { Dockerfile, Instruction } from './dockerfile.js';
import { groupStages } from './group-stages.js';
import { readHeredocBodies } from './heredoc-bodies.js';
import type { Fault } from './instruction-flags.js';
import { isComment, joinLogicalLine, splitLines, withoutLineEnd } from './logical-lines.js';
import { type ParsedInstruction, parseInstruction } from './parse-instruction.js';
import { type LineRange, problemAt } from './source-problem.js';
import { trimStart } from './white-space.js';

/** What is known while the file is read from top to bottom. */
interface Reader {
  readonly path: string;
  /** Without line ends, for places. */
  readonly lines: readonly string[];
  /** With line ends, as heredocs need them. */
  readonly rawLines: readonly string[];
  readonly directives: Directives;
  escape: '\\' | '`';
  readonly instructions: Instruction[];
  readonly problems: Problem[];
}

/**
 * Parses a Dockerfile as BuildKit does. Never throws: whatever BuildKit's parser would refuse is in
 * `problems` with severity `error`, and all that could be read is there. The time is linear in the length.
 *
 * Rules: https://docs.docker.com/reference/dockerfile/ and moby/buildkit, `frontend/dockerfile/parser`.
 */
export function parseDockerfile(text: string, options: { readonly path?: string } = {}): Dockerfile {
  const reader = startReader(text, options.path ?? 'Dockerfile');
  let index = 0;
  while (index < reader.rawLines.length) index = readNext(reader, index);
  if (reader.instructions.length === 0) reportEmpty(reader);
  return finish(reader);
}

function startReader(text: string, path: string): Reader {
  const rawLines = splitLines(text.startsWith('\uFEFF') ? text.slice(1) : text);
  const lines = rawLines.map((line) => line.replace(/\r?\n$/, ''));
  const directives = { values: {}, done: false };
  return { path, lines, rawLines, directives, escape: '\\', instructions: [], problems: [] };
}

/** Reads a directive, a comment, an empty line or an instruction; returns the index of the line after it. */
function readNext(reader: Reader, index: number): number {
  const line = trimStart(withoutLineEnd(reader.rawLines[index] ?? ''));
  takeDirective(reader, line, index);
  if (line === '' || isComment(line)) return index + 1;
  const logical = joinLogicalLine(reader.rawLines, index, reader.escape);
  const parsed = parseInstruction(logical.text, reader.escape);
  const bodies = readHeredocBodies(reader.rawLines, logical.end, parsed);
  const range = { startLine: index + 1, endLine: bodies.end };
  const instruction = { ...toInstruction(parsed, range), heredocs: bodies.heredocs };
  reader.instructions.push(instruction);
  const failure = parsed.failure ?? bodies.failure;
  if (failure !== undefined) reportFailure(reader, instruction, failure);
  else reportFault(reader, instruction, checkInstruction(instruction, parsed.name));
  if (logical.emptyLine !== undefined) warnOfEmptyLine(reader, logical.emptyLine);
  checkLineLengths(reader, index, bodies.end);
  return bodies.end;
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

function takeDirective(reader: Reader, line: string, index: number): void {
  const directive = readDirective(reader.directives, line);
  if (!directive) return;
  const { key, value, isRepeated } = directive;
  const range = { startLine: index + 1, endLine: index + 1 };
  if (isRepeated) {
    const message = `only one ${key} parser directive can be used`;
    reportSyntax(reader, range, { message, fix: `remove this # ${key} line` });
  } else if (key !== 'escape') return;
  else if (value === '\\' || value === '`') reader.escape = value;
  else {
    const message = `invalid escape character ${JSON.stringify(value)}`;
    reportSyntax(reader, range, { message, fix: 'write # escape=` or remove the line', word: value });
  }
}

function reportFailure(reader: Reader, instruction: Instruction, message: string): void {
  const isHeredoc = message.startsWith('the heredoc ');
  const name = instruction.text.match(/<<-?\W?(\w+)/)?.[1] ?? 'EOF';
  const fix = isHeredoc
    ? `write a line with only ${name} after the body`
    : `correct the arguments of ${instruction.keyword}`;
  reportSyntax(reader, instruction, { message, fix });
}

function reportSyntax(reader: Reader, range: LineRange, { word, ...text }: Fault): void {
  reader.problems.push(
    problemAt(reader, { range, word }, { code: 'DOCKERFILE_SYNTAX', severity: 'error', ...text }),
  );
}

function reportFault(reader: Reader, range: LineRange, fault: Fault | undefined): void {
  if (!fault) return;
  const { word, ...text } = fault;
  reader.problems.push(
    problemAt(reader, { range, word }, { code: 'DOCKERFILE_INVALID', severity: 'error', ...text }),
  );
}

function warnOfEmptyLine(reader: Reader, index: number): void {
  const range = { startLine: index + 1, endLine: index + 1 };
  const message = 'an empty line inside an instruction';
  const fix = 'remove the empty line, or the continuation character before it';
  reader.problems.push(problemAt(reader, { range }, { code: 'ADVICE', severity: 'warning', message, fix }));
}

/** The limit of the scanner that BuildKit reads lines with, in bytes. */
const maximumLineBytes = 65_535;

function checkLineLengths(reader: Reader, start: number, end: number): void {
  for (let index = start; index < end; index++) {
    const line = (reader.rawLines[index] ?? '').replace(/\n$/, '');
    if (line.length * 3 <= maximumLineBytes || byteLength(line) <= maximumLineBytes) continue;
    const range = { startLine: index + 1, endLine: index + 1 };
    const message = `a line longer than ${maximumLineBytes} bytes`;
    reportSyntax(reader, range, { message, fix: 'split the line, or copy its content from a file' });
  }
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function reportEmpty(reader: Reader): void {
  const range = { startLine: 1, endLine: 1 };
  reportSyntax(reader, range, { message: 'file with no instructions', fix: 'start with FROM <image>' });
}

function finish(reader: Reader): Dockerfile {
  const { path, lines, instructions } = reader;
  const syntax = detectSyntax(lines);
  const { metaArgs, stages, misplaced } = groupStages(instructions);
  if (misplaced) reportFault(reader, misplaced, noStage(misplaced));
  const foreignSyntax = syntax !== undefined && !isDockerfileFrontend(syntax) ? syntax : undefined;
  return {
    path,
    lines,
    escape: reader.escape,
    directives: reader.directives.values,
    ...(foreignSyntax !== undefined && { foreignSyntax }),
    instructions,
    metaArgs,
    stages,
    problems: foreignSyntax === undefined ? reader.problems : [foreignProblem(reader, foreignSyntax)],
  };
}

function noStage({ keyword }: Instruction): Fault {
  const message = `no build stage for ${keyword}, which stands before the first FROM`;
  return { message, fix: `write FROM <image> before ${keyword}` };
}

function foreignProblem(reader: Reader, syntax: string): Problem {
  return problemAt(
    reader,
    { range: { startLine: 1, endLine: 10 }, word: syntax },
    {
      code: 'DOCKERFILE_UNKNOWN',
      severity: 'warning',
      message: `the frontend ${syntax} reads this file, and how is not known`,
      fix: 'use # syntax=docker/dockerfile:1, or expect every file of the build context to be an input',
    },
  );
}
