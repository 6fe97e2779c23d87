import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { Place, Problem } from '../../errors.js';

/** A YAML file that keeps where everything stands. */
export interface YamlFile {
  readonly file: string;
  readonly text: string;
  readonly root: YamlValue;
  readonly problems: readonly Problem[];
}

/** A value of a YAML file: aliases are followed, and merged keys count. */
export interface YamlValue {
  readonly place: Place;
  /** Start and end in the text, as offsets in UTF-16 units; both 0 for what is not there. */
  readonly range: readonly [number, number];
  readonly node: Node | undefined;
  /** False for what is not there. */
  readonly exists: boolean;
  /** A scalar as text, `''` for null; `undefined` for all else. */
  readonly text: string | undefined;
  readonly tag: string | undefined;
  /** The value of a key; one that does not exist where there is none. */
  get(key: string): YamlValue;
  /** Keys with their places and values, in order; none for all but a mapping. */
  entries(): readonly YamlEntry[];
  /** The items of a sequence; none for all else. */
  items(): readonly YamlValue[];
  /** Where the items of a sequence stand, an alias as such. */
  itemRanges(): readonly (readonly [number, number])[];
  /** The whole as plain data. */
  toJS(): unknown;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyPlace: Place;
  readonly keyRange: readonly [number, number];
  readonly value: YamlValue;
}

/** Where a text that is parsed stands in its file, if it is only a part of it. */
export interface Embedding {
  readonly place: (place: Place) => Place;
  readonly offset: (line: number, column: number) => number;
}

/** Parses a YAML file. What does not parse is a problem, and then nothing is taken from the file. */
export function parseYaml(file: string, text: string, embedding?: Embedding): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const reader: Reader = {
    document,
    place: (offset) => embedding?.place(placeOf(offset)) ?? placeOf(offset),
    start: (offset) => {
      if (!embedding) return offset;
      const { line, column } = placeOf(offset);
      return embedding.offset(line, column);
    },
  };
  const [error] = document.errors;
  const root = toValue(error ? undefined : (document.contents as Node | null), reader);
  return { file, text, root, problems: error ? [syntaxProblem(error, reader.place(error.pos[0]))] : [] };
}

/**
 * Parses the YAML that stands in a scalar of another YAML file. Only in a literal block (`|`) does each place in it have
 * one in the file; elsewhere everything is said to be where the scalar begins.
 */
export function parseEmbedded({ file, text }: Pick<YamlFile, 'file' | 'text'>, scalar: YamlValue): YamlFile {
  const content = scalar.text ?? '';
  const { node, place } = scalar;
  if (!isScalar(node) || node.type !== 'BLOCK_LITERAL')
    return parseYaml(file, content, { place: () => place, offset: () => 0 });
  const lines = text.split('\n');
  const indent =
    /^ */.exec(lines.slice(place.line).find((line) => line.trim() !== '') ?? '')?.[0].length ?? 0;
  return parseYaml(file, content, {
    place: ({ line, column }) => ({ file, line: place.line + line, column: column + indent }),
    offset: (line, column) => startOfLine(lines, place.line + line) + indent + column - 1,
  });
}

function startOfLine(lines: readonly string[], line: number): number {
  return lines.slice(0, line - 1).reduce((total, { length }) => total + length + 1, 0);
}

interface Reader {
  readonly document: Document;
  readonly start: (offset: number) => number;
  readonly place: (offset: number) => Place;
}

function syntaxProblem(error: Error, place: Place): Problem {
  return {
    code: 'WORKFLOW_INVALID',
    severity: 'error',
    message: `it is not valid YAML: ${error.message.split('\n')[0]?.replace(/ at line \d.*$/, '')}`,
    fix: 'correct the file; its CI cannot read it either',
    place,
  };
}

function toValue(given: Node | null | undefined, reader: Reader): YamlValue {
  const node = isAlias(given) ? given.resolve(reader.document) : (given ?? undefined);
  const [from = 0, to = from] = node?.range ?? [];
  return {
    node,
    exists: node !== undefined,
    place: reader.place(from),
    range: [reader.start(from), reader.start(to)],
    text: isScalar(node) ? scalarText(node.value, node.source) : undefined,
    tag: node?.tag,
    get: (key) => toValue(isMap(node) ? childOf(node, key, reader) : undefined, reader),
    entries: () => (isMap(node) ? entriesOf(node, reader) : []),
    items: () => (isSeq(node) ? node.items.map((item) => toValue(item as Node, reader)) : []),
    itemRanges: () => (isSeq(node) ? node.items.map((item) => rangeOf(item as Node, reader)) : []),
    toJS: () => node?.toJS(reader.document, { maxAliasCount: 1000 }),
  };
}

function rangeOf({ range }: Node, { start }: Reader): [number, number] {
  const [from = 0, to = from] = range ?? [];
  return [start(from), start(to)];
}

/** `1.10` and `on` stay as they are written. */
function scalarText(value: unknown, source: string | undefined): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : (source ?? String(value));
}

function childOf(map: YAMLMap, key: string, reader: Reader): Node | undefined {
  for (const each of withMerged(map, reader)) {
    const own = each.items.findLast((pair) => keyText(pair) === key);
    if (own) return (own.value ?? undefined) as Node | undefined;
  }
  return undefined;
}

function entriesOf(map: YAMLMap, reader: Reader): YamlEntry[] {
  const known = new Set(['<<']);
  return withMerged(map, reader).flatMap((each) => {
    const entries = each.items.flatMap((pair) => toEntry(pair, reader) ?? []);
    const added = entries.filter(({ key }) => !known.has(key));
    for (const { key } of added) known.add(key);
    return added;
  });
}

function toEntry(pair: Pair, reader: Reader): YamlEntry | undefined {
  const key = keyText(pair);
  if (key === undefined) return undefined;
  const [from = 0, to = from] = (pair.key as Node).range ?? [];
  const value = toValue(pair.value as Node | null, reader);
  return { key, keyPlace: reader.place(from), keyRange: [reader.start(from), reader.start(to)], value };
}

/** A mapping, and those that it merges, each once: they can lead in a circle. */
function withMerged(map: YAMLMap, { document }: Reader): YAMLMap[] {
  const all = new Set([map]);
  for (const each of all)
    each.items
      .filter((pair) => keyText(pair) === '<<')
      .flatMap(({ value }) => (isSeq(value) ? value.items : [value]))
      .map((value) => (isAlias(value) ? value.resolve(document) : value))
      .filter(isMap)
      .forEach((merged) => {
        all.add(merged);
      });
  return [...all];
}

function keyText({ key }: Pair): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'symbol' ? '<<' : scalarText(key.value, key.source);
}
