import type { PathList } from '../path-list.js';

/** Replaces a part of a text. */
export interface TextEdit {
  /** Offsets in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** How a list is to be changed. */
export interface Mending {
  readonly list: PathList;
  /** Patterns to be added at the end. */
  readonly add: readonly string[];
  /** Patterns to be replaced, by the index of their item. */
  readonly replace: ReadonlyMap<number, string>;
}

/**
 * The edits that change a list and nothing else: comments, order and the way it is written stay. `undefined` where the
 * list cannot be edited in place.
 *
 * @param text The file that the list stands in.
 */
export function mendList(mending: Mending, text: string): TextEdit[] | undefined {
  const { list, add } = mending;
  if (list.layout === null) return undefined;
  if (list.dialect === 'paths-ignore' && add.length > 0) return invertList(mending, text);
  return [...replacements(mending, text), ...additions(list, add, text)];
}

function replacements({ list, replace }: Mending, text: string): TextEdit[] {
  return [...replace].flatMap(([index, pattern]) => {
    const [start, end] = list.items[index]?.range ?? [0, 0];
    return start === end ? [] : [{ start, end, text: writeLike(text.slice(start, end), pattern) }];
  });
}

function additions(list: PathList, add: readonly string[], text: string): TextEdit[] {
  if (add.length === 0) return [];
  const [start, end] = list.itemRanges.at(-1) ?? list.range;
  const model = text.slice(start, end);
  const patterns = add.map((pattern) => writeLike(model, pattern));
  if (list.layout === 'scalar')
    return [{ start: list.range[0], end: list.range[1], text: `[${[model, ...patterns].join(', ')}]` }];
  if (list.layout === 'block') return [addLines(text, start, end, patterns)];
  if (list.itemRanges.length === 0) return [{ start: start + 1, end: start + 1, text: patterns.join(', ') }];
  return [{ start: end, end, text: `, ${patterns.join(', ')}` }];
}

/** One line for each pattern, behind the line of the last item and its comment. */
function addLines(text: string, start: number, end: number, patterns: readonly string[]): TextEdit {
  const prefix = itemPrefix(text, start);
  const lineEnd = text.indexOf('\n', end - (text[end - 1] === '\n' ? 1 : 0));
  const at = lineEnd < 0 ? text.length : lineEnd;
  const isCrlf = text[at - 1] === '\r';
  const newLine = isCrlf || (lineEnd < 0 && text.includes('\r\n')) ? '\r\n' : '\n';
  const lines = patterns.map((pattern) => `${newLine}${prefix}${pattern}`).join('');
  const from = isCrlf ? at - 1 : at;
  return { start: from, end: from, text: lines };
}

/** The indentation and the dash of an item. */
function itemPrefix(text: string, start: number): string {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^\s*-\s+/.exec(line)?.[0] ?? line;
}

/** What is ignored cannot be taken back in `paths-ignore`: the same is said with `paths`, where it can. */
function invertList({ list, add }: Mending, text: string): TextEdit[] | undefined {
  const [first] = list.items;
  if (!first || list.layout === 'scalar' || list.items.some(({ pattern }) => pattern.startsWith('!')))
    return undefined;
  const [start] = first.range;
  const whole = writeLike(text.slice(...first.range), '**');
  const between = list.layout === 'flow' ? ', ' : `${lineBreak(text)}${itemPrefix(text, start)}`;
  const key = { start: list.keyRange[0], end: list.keyRange[1], text: 'paths' };
  const inverted = list.items.map(({ pattern, range: [from, to] }, index) => {
    const own = writeLike(text.slice(from, to), `!${pattern}`);
    return { start: from, end: to, text: index === 0 ? `${whole}${between}${own}` : own };
  });
  return [key, ...inverted, ...additions(list, add, text)];
}

function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Writes a pattern with the quotes of another, or with some where it needs them. */
function writeLike(model: string, pattern: string): string {
  if (model.startsWith('"')) return JSON.stringify(pattern);
  const isPlain =
    /^[\w./][\w./*-]*$/.test(pattern) && !/^(?:true|false|null|yes|no|on|off|~|[\d.]+)$/i.test(pattern);
  if (!model.startsWith("'") && isPlain) return pattern;
  if (/[\p{Cc}]/u.test(pattern)) return JSON.stringify(pattern);
  return `'${pattern.replaceAll("'", "''")}'`;
}
