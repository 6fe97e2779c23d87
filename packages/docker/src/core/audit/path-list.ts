import type { Place } from '../errors.js';
import type { YamlEntry, YamlValue } from './yaml/yaml-value.js';

/** A list of path patterns in a workflow. */
export interface PathList {
  readonly dialect: 'paths' | 'paths-ignore' | 'changes' | 'dorny';
  /** For people: `paths of on.push`, `the filter api`, `changes of the job api`. */
  readonly name: string;
  /** The event of `paths` and `paths-ignore`. */
  readonly event?: string;
  /** Of the key in front of the list. */
  readonly place: Place;
  readonly keyRange: readonly [number, number];
  readonly items: readonly PathItem[];
  /** How it is written; `scalar` for one pattern that is no list, `null` where it cannot be edited in place. */
  readonly layout: 'block' | 'flow' | 'scalar' | null;
  /** Where its items stand in the text of its file, one that is an alias of other items, too. */
  readonly itemRanges: readonly (readonly [number, number])[];
  /** Start and end of the list in the text of its file. */
  readonly range: readonly [number, number];
  readonly quantifier?: 'some' | 'every';
}

export interface PathItem {
  readonly pattern: string;
  readonly place: Place;
  /** Start and end of the scalar in the text of its file. */
  readonly range: readonly [number, number];
  /** Kinds of change, in dorny/paths-filter. */
  readonly statuses?: readonly string[];
}

/** Makes a path list of a sequence; nested sequences count as one, as anchors are often used. */
export function pathListOf(
  entry: Pick<YamlEntry, 'value' | 'keyPlace' | 'keyRange'>,
  about: Pick<PathList, 'dialect' | 'name' | 'event' | 'quantifier'>,
): PathList {
  const { value, keyPlace, keyRange } = entry;
  return {
    ...about,
    place: keyPlace,
    keyRange,
    items: value.text === undefined ? itemsOf(value) : [toItem(value, value.text)],
    layout: layoutOf(value),
    itemRanges: value.itemRanges(),
    range: value.range,
  };
}

/** What tells one list from all others; two uses of one list by an alias have the same range. */
export function listKey({ place, range, name }: PathList): string {
  return `${place.file} ${place.line}:${place.column} ${range.join()} ${name}`;
}

function layoutOf({ node, range: [from, to], text }: YamlValue): PathList['layout'] {
  if (from === to || !node) return null;
  if (text !== undefined) return 'scalar';
  return 'flow' in node && node.flow ? 'flow' : 'block';
}

function itemsOf(value: YamlValue): PathItem[] {
  return value.items().flatMap((item) => {
    if (item.text !== undefined) return [toItem(item, item.text)];
    const nested = itemsOf(item);
    if (nested.length > 0) return nested;
    // dorny/paths-filter: a mapping of kinds of change to a pattern or patterns.
    return item.entries().flatMap(({ key, value: patterns }) => {
      const statuses = key.split('|').map((status) => status.trim());
      const all = patterns.text === undefined ? itemsOf(patterns) : [toItem(patterns, patterns.text)];
      return all.map((each) => ({ ...each, statuses }));
    });
  });
}

function toItem({ place, range }: YamlValue, pattern: string): PathItem {
  return { pattern, place, range };
}
