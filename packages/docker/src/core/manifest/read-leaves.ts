import { isAlias, isMap, isScalar, isSeq, type Scalar, visit } from 'yaml';
import type { ParsedText } from './parse-documents.js';

/** A scalar or alias at the end of a path. */
export interface Leaf {
  /** Document, keys and indexes; a key that is there twice is counted. */
  readonly path: string;
  /** Type and source, so that `1.0` and `"1.0"` differ. */
  readonly value: string;
  /** Offset in the text. */
  readonly start: number;
}

/** All leaves of a text. An alias is a leaf, and whether its anchor is there. */
export function readLeaves({ documents }: ParsedText): Leaf[] {
  const leaves: Leaf[] = [];
  for (const [index, document] of documents.entries()) {
    const anchors = new Set<string>();
    visit(document, {
      Node(_, node) {
        if (!isAlias(node) && node.anchor) anchors.add(node.anchor);
      },
    });
    collect(document.contents, `${index}`, { leaves, anchors });
  }
  return leaves;
}

/** The value of a leaf that holds a text. */
export function textLeaf(text: string): string {
  return `string ${text}`;
}

interface Collected {
  readonly leaves: Leaf[];
  readonly anchors: ReadonlySet<string>;
}

function collect(node: unknown, path: string, collected: Collected): void {
  const { leaves, anchors } = collected;
  if (isAlias(node)) {
    const value = `*${node.source}${anchors.has(node.source) ? '' : ' of nothing'}`;
    leaves.push({ path, value, start: node.range?.[0] ?? 0 });
  }
  if (isScalar(node)) leaves.push({ path, value: describe(node), start: node.range?.[0] ?? 0 });
  if (isSeq(node))
    for (const [index, item] of node.items.entries()) collect(item, `${path}/${index}`, collected);
  if (!isMap(node)) return;
  const counts = new Map<string, number>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.source ?? key.value) : '';
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const inner = `${path}/${name}${count > 1 ? `#${count}` : ''}`;
    if (!isScalar(key)) collect(key, `${inner}?`, collected);
    if (value === null || value === undefined) leaves.push({ path: inner, value: 'none', start: -1 });
    else collect(value, inner, collected);
  }
}

function describe(node: Scalar): string {
  if (typeof node.value === 'string') return textLeaf(node.value.trim());
  return `${typeof node.value} ${node.source ?? ''}`;
}
