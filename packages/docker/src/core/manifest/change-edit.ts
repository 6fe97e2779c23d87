import type { Edit } from './apply-edits.js';
import type { FieldChange } from './field-changes.js';
import { formatScalar } from './format-scalar.js';
import type { ImageScalar } from './image-field.js';

/** The edit of a text that makes a change. */
export function changeEdit(change: FieldChange, text: string): Edit {
  if (change.kind === 'set') return setEdit(change.scalar, change.value, text);
  if (change.kind === 'remove') return removeEdit(change.scalar, text);
  return addEdit(change, text);
}

function setEdit(scalar: ImageScalar, value: string, text: string): Edit {
  const { start, end, isJson } = scalar;
  const formatted = formatScalar(value, { source: text.slice(start, end), value: scalar.value, isJson });
  if (start < end) return { start, end, text: formatted };
  // An empty value stands anywhere between the colon and what comes next.
  const before = /[\s[{,]/.test(text.charAt(start - 1)) ? '' : ' ';
  const after = text.charAt(end) === '#' ? ' ' : '';
  return { start, end, text: `${before}${formatted}${after}` };
}

/** Takes the line away where it holds nothing else, with its comment; else the value becomes empty. */
function removeEdit(scalar: ImageScalar, text: string): Edit {
  const start = text.lastIndexOf('\n', scalar.keyStart - 1) + 1;
  const isOwnLine = text.slice(start, scalar.keyStart).trim() === '';
  if (scalar.isFlow || !isOwnLine) return setEdit(scalar, '', text);
  return { start, end: nextLine(text, scalar.pairEnd), text: '' };
}

function addEdit({ behind, key, value }: FieldChange & { kind: 'add' }, text: string): Edit {
  const formatted = formatScalar(value, { source: '', value: '', isJson: behind.isJson });
  if (behind.isFlow) {
    const pair = behind.isJson ? `"${key}": ${formatted}` : `${key}: ${formatted}`;
    return { start: behind.pairEnd, end: behind.pairEnd, text: `, ${pair}` };
  }
  const line = text.lastIndexOf('\n', behind.keyStart - 1) + 1;
  const indent = text
    .slice(line, behind.keyStart)
    .replace(/\uFEFF/g, '')
    .replace(/[^\t]/g, ' ');
  const start = nextLine(text, behind.pairEnd);
  const eol =
    /\r\n/.test(text.slice(behind.keyStart, start)) || lineBreakBefore(text, line) === '\r\n' ? '\r\n' : '\n';
  const pair = `${indent}${key}: ${formatted}`;
  const isEnded = text.charAt(start - 1) === '\n';
  return { start, end: start, text: isEnded ? `${pair}${eol}` : `${eol}${pair}` };
}

/** Offset of the next line, or the end of a text whose last line has no line break. */
function nextLine(text: string, offset: number): number {
  // The range of a block scalar ends behind its line break.
  if (text.charAt(offset - 1) === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function lineBreakBefore(text: string, line: number): string {
  return text.charAt(line - 2) === '\r' ? '\r\n' : '\n';
}
