import { trimStart } from './white-space.js';

/** Line ends are as in the file, since heredoc bodies keep them. */
export function splitLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** Cuts the line feed and the carriage returns before it. */
export function withoutLineEnd(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === '\n' || line[end - 1] === '\r')) end--;
  return line.slice(0, end);
}

export function isComment(line: string): boolean {
  return trimStart(line).startsWith('#');
}

export interface LogicalLine {
  readonly text: string;
  /** Index of the first line after it. */
  readonly end: number;
  /** Index of the first empty line inside, which a later version of BuildKit will refuse. */
  readonly emptyLine?: number;
}

/**
 * Joins the line at `start` with those that continue it. A line is continued if it ends with the escape
 * character, blanks aside, unless a second escape character is before it. Comments and empty lines in between
 * are dropped.
 */
export function joinLogicalLine(
  lines: readonly string[],
  start: number,
  escapeCharacter: '\\' | '`',
): LogicalLine {
  const parts: string[] = [];
  let emptyLine: number | undefined;
  let index = start;
  let isContinued = true;
  for (; isContinued && index < lines.length; index++) {
    const line = withoutLineEnd(lines[index] ?? '');
    const isFirst = index === start;
    if (!isFirst && isComment(line)) continue;
    if (!isFirst && trimStart(line) === '') {
      emptyLine ??= index;
      continue;
    }
    const body = cutContinuation(isFirst ? trimStart(line) : line, escapeCharacter);
    isContinued = body !== undefined;
    parts.push(body ?? (isFirst ? trimStart(line) : line));
  }
  return { text: parts.join(''), end: index, ...(emptyLine !== undefined && { emptyLine }) };
}

/** The line without its continuation character; `undefined` if it has none. */
function cutContinuation(line: string, escapeCharacter: '\\' | '`'): string | undefined {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  if (line[end - 1] !== escapeCharacter || line[end - 2] === escapeCharacter) return undefined;
  return line.slice(0, end - 1);
}
