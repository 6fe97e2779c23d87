import { type JsonNode, parseJsonText } from './parse-json-text.js';

/** A value of JSON, to be written. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * Sets a value in a JSON text, comments allowed. All else stays byte by byte: a key or an item that is not there yet
 * goes behind the last one of its object or list.
 *
 * @param path Keys, and indexes of lists; one past the last index appends.
 * @throws Error for a text that is no JSON, or a path that leads through a scalar.
 */
export function editJson(text: string, path: readonly (string | number)[], value: JsonValue): string {
  let node = parseJsonText(text);
  for (const [depth, part] of path.entries()) {
    const child = childOf(node, part);
    if (child === undefined) return insert(text, node, { part, value: nest(path.slice(depth + 1), value) });
    node = child;
  }
  return splice(text, [node.start, node.end], format(value, text, indentAt(text, node.start)));
}

function childOf(node: JsonNode, part: string | number): JsonNode | undefined {
  if (node.kind === 'scalar') throw new Error(`there is no place for ${JSON.stringify(part)} in a scalar`);
  const isKey = node.kind === 'object';
  return isKey ? node.entries.findLast(({ key }) => key === part)?.value : node.entries[Number(part)]?.value;
}

function nest(path: readonly (string | number)[], value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>(
    (inner, part) => (typeof part === 'number' ? [inner] : { [part]: inner }),
    value,
  );
}

function insert(
  text: string,
  node: JsonNode,
  { part, value }: { part: string | number; value: JsonValue },
): string {
  if (node.kind === 'scalar') return text;
  const key = node.kind === 'object' ? `${JSON.stringify(part)}: ` : '';
  const last = node.entries.at(-1);
  const own = indentAt(text, node.start);
  if (!last) {
    const indent = own + unitOf(text);
    const isEmpty = text.slice(node.start + 1, node.end - 1).trim() === '';
    const range = [node.start + 1, isEmpty ? node.end - 1 : node.start + 1] as const;
    const entry = `${lineEnd(text)}${indent}${key}${format(value, text, indent)}`;
    return splice(text, range, isEmpty ? `${entry}${lineEnd(text)}${own}` : entry);
  }
  const at = node.commaEnd ?? last.end;
  const comma = node.commaEnd === undefined ? ',' : '';
  if (!isAlone(text, last.start)) return splice(text, [at, at], `${comma} ${key}${inOneLine(value)}`);
  const indent = indentAt(text, last.start);
  return splice(text, [at, at], `${comma}${lineEnd(text)}${indent}${key}${format(value, text, indent)}`);
}

function inOneLine(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${inOneLine(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** True where nothing but blanks stands before it on its line. */
function isAlone(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '' && text.includes('\n');
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}

/** One step of indentation: that of the first line that has one. */
function unitOf(text: string): string {
  return /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function format(value: JsonValue, text: string, indent: string): string {
  return JSON.stringify(value, null, unitOf(text)).replaceAll('\n', `${lineEnd(text)}${indent}`);
}

function splice(text: string, [from, to]: readonly [number, number], inserted: string): string {
  return text.slice(0, from) + inserted + text.slice(to);
}
