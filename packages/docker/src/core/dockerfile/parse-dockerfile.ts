import type { Problem, ProblemCode } from '../errors.js';
import { type Directives, detectSyntax, isDockerfileFrontend, readDirective } from './directives.js';
import type { Dockerfile, Instruction } from './dockerfile.js';
import { groupStages } from './group-stages.js';
import type { Fault } from './instruction-flags.js';
import { isComment, splitLines, withoutLineEnd } from './logical-lines.js';
import { readInstruction } from './read-instruction.js';
import { byPlace, type LineRange, problemAt } from './source-problem.js';
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
  const { instruction, end, emptyLine, syntaxFault, fault } = readInstruction(
    reader.rawLines,
    index,
    reader.escape,
  );
  reader.instructions.push(instruction);
  if (syntaxFault) reportFault(reader, instruction, { ...syntaxFault, code: 'DOCKERFILE_SYNTAX' });
  if (fault) reportFault(reader, instruction, { ...fault, code: 'DOCKERFILE_INVALID' });
  if (emptyLine !== undefined) warnOfEmptyLine(reader, emptyLine);
  checkLineLengths(reader, index, end);
  return end;
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

function reportSyntax(reader: Reader, range: LineRange, fault: Fault): void {
  reportFault(reader, range, { ...fault, code: 'DOCKERFILE_SYNTAX' });
}

function reportFault(reader: Reader, range: LineRange, fault: Fault & { code: ProblemCode }): void {
  const { word, ...text } = fault;
  reader.problems.push(problemAt(reader, { range, word }, { severity: 'error', ...text }));
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
    problems:
      foreignSyntax === undefined ? reader.problems.sort(byPlace) : [foreignProblem(reader, foreignSyntax)],
  };
}

function noStage({ keyword }: Instruction): Fault & { code: ProblemCode } {
  const message = `no build stage for ${keyword}, which stands before the first FROM`;
  return { code: 'DOCKERFILE_INVALID', message, fix: `write FROM <image> before ${keyword}` };
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
