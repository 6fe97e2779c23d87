/** A value of a JSON text, by where it stands: offsets in UTF-16 units, `end` behind the last one. */
export type JsonNode =
  | { readonly kind: 'scalar'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'object' | 'array';
      readonly start: number;
      readonly end: number;
      readonly entries: readonly JsonEntry[];
      /** Behind a comma that follows the last entry. */
      readonly commaEnd?: number;
    };

export interface JsonEntry {
  /** Of an object; empty in a list. */
  readonly key: string;
  /** Of the key, or of the value in a list. */
  readonly start: number;
  /** Of the value. */
  readonly end: number;
  readonly value: JsonNode;
}

/**
 * Finds where the values of a JSON text stand. Comments and a comma behind the last entry are allowed, as Nx does.
 *
 * @throws Error for anything else.
 */
export function parseJsonText(text: string): JsonNode {
  const reader = { text, at: text.startsWith('\uFEFF') ? 1 : 0 };
  const node = readValue(reader);
  skipBlanks(reader);
  if (reader.at < text.length) throw unexpected(reader);
  return node;
}

interface Reader {
  readonly text: string;
  at: number;
}

function readValue(reader: Reader): JsonNode {
  skipBlanks(reader);
  const open = reader.text[reader.at];
  if (open === '{' || open === '[') return readEntries(reader, open === '{' ? 'object' : 'array');
  const start = reader.at;
  if (open === '"') readText(reader);
  else take(reader, /(?:true|false|null|-?\d[\d.eE+-]*)/y);
  return { kind: 'scalar', start, end: reader.at };
}

function readEntries(reader: Reader, kind: 'object' | 'array'): JsonNode {
  const start = reader.at++;
  const entries: JsonEntry[] = [];
  const close = kind === 'object' ? '}' : ']';
  let commaEnd: number | undefined;
  for (skipBlanks(reader); reader.text[reader.at] !== close; skipBlanks(reader)) {
    if (entries.length > 0 && commaEnd === undefined) throw unexpected(reader);
    entries.push(readEntry(reader, kind));
    skipBlanks(reader);
    commaEnd = reader.text[reader.at] === ',' ? ++reader.at : undefined;
  }
  reader.at++;
  return { kind, start, end: reader.at, entries, ...(commaEnd !== undefined && { commaEnd }) };
}

function readEntry(reader: Reader, kind: 'object' | 'array'): JsonEntry {
  const start = reader.at;
  const key = kind === 'object' ? (JSON.parse(readText(reader)) as string) : '';
  if (kind === 'object') {
    skipBlanks(reader);
    take(reader, /:/y);
  }
  const value = readValue(reader);
  return { key, start, end: value.end, value };
}

function readText(reader: Reader): string {
  return take(reader, /"(?:[^"\\\n]|\\.)*"/y);
}

function skipBlanks(reader: Reader): void {
  const blanks = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  blanks.lastIndex = reader.at;
  reader.at += blanks.exec(reader.text)?.[0].length ?? 0;
}

function take(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found === undefined) throw unexpected(reader);
  reader.at += found.length;
  return found;
}

function unexpected({ text, at }: Reader): Error {
  return new Error(`unexpected ${JSON.stringify(text[at] ?? 'end of the text')} at offset ${at}`);
}
