import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { ImageScalar } from './image-field.js';

/** A map with what is needed to describe its values. */
export interface MapAt {
  readonly map: YAMLMap;
  readonly path: string;
  readonly document: Document.Parsed<ParsedNode>;
}

/** The pair with a key. Keys that are no text, as `<<` of YAML 1.1, have no name. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isPair(pair) && keyOf(pair) === key);
}

export function keyOf({ key }: Pair): string | undefined {
  return isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
}

/** The text of a key's value, an alias resolved; nothing for maps and lists. */
export function textOf(at: MapAt, key: string): string | undefined {
  return scalarOf(at, key)?.value;
}

export function mapOf({ map, document }: MapAt, key: string): YAMLMap | undefined {
  const node = resolve(pairOf(map, key)?.value, document);
  return isMap(node) ? node : undefined;
}

export function listOf({ map, document }: MapAt, key: string): YAMLSeq | undefined {
  const node = resolve(pairOf(map, key)?.value, document);
  return isSeq(node) ? node : undefined;
}

/** The value of a key as a place in the text: that of the anchor for an alias. Nothing for maps and lists. */
export function scalarOf({ map, path, document }: MapAt, key: string): ImageScalar | undefined {
  const pair = pairOf(map, key);
  if (!pair) return undefined;
  const { range, type } = pair.key as Scalar;
  const isFlow = map.flow === true;
  return scalarAt(pair.value, document, {
    path: `${path}/${escapePointer(key)}`,
    keyStart: range?.[0] ?? 0,
    isFlow,
    isJson: isFlow && type === 'QUOTE_DOUBLE',
  });
}

/** A node as a place in the text; nothing for maps, lists, and a key without a colon in a flow map. */
export function scalarAt(
  value: unknown,
  document: Document.Parsed<ParsedNode>,
  about: Pick<ImageScalar, 'path' | 'keyStart' | 'isFlow' | 'isJson'>,
): ImageScalar | undefined {
  const node = resolve(value, document);
  if (!isScalar(node) || !node.range) return undefined;
  const [start, end] = node.range;
  const pairEnd = isAlias(value) ? (value.range?.[1] ?? end) : end;
  return { ...about, start, end, pairEnd, value: scalarText(node) };
}

export function resolve(value: unknown, document: Document.Parsed<ParsedNode>): Node | undefined {
  if (isAlias(value)) return value.resolve(document) as Node | undefined;
  return isScalar(value) || isMap(value) || isSeq(value) ? value : undefined;
}

/** Plain scalars as they are written: the value of `3.10` is a number that has lost its zero. */
export function scalarText(node: Scalar): string {
  if (node.type === 'PLAIN') return isNull(node) ? '' : (node.source ?? '');
  return String(node.value).trim();
}

function isNull({ value, source }: Scalar): boolean {
  return value === null || /^(?:~|null)$/i.test(source ?? '');
}

export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
