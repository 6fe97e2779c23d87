import type { DornyFilter } from '../../path-filter/decide-dorny.js';
import { type PathList, pathListOf } from '../path-list.js';
import { parseEmbedded, parseYaml, type YamlFile, type YamlValue } from '../yaml/yaml-value.js';

/** A step with dorny/paths-filter. */
export interface DornyStep {
  readonly id: string;
  readonly filters: readonly DornyFilter[];
  /** One for each filter, in their order. */
  readonly lists: readonly PathList[];
}

/** Reads a step if it uses dorny/paths-filter: its filters stand in it, or in a file that it names. */
export function readDornyStep(
  step: YamlValue,
  { source, readText }: { source: YamlFile; readText: (path: string) => string | undefined },
): DornyStep | undefined {
  if (!/^dorny\/paths-filter@/.test(step.get('uses').text ?? '')) return undefined;
  const given = step.get('with');
  const filters = given.get('filters');
  const quantifier = given.get('predicate-quantifier').text === 'every' ? 'every' : 'some';
  const path = /^\s*[^\s:]+\s*$/.test(filters.text ?? '')
    ? (filters.text ?? '').trim().replace(/^\.\//, '')
    : undefined;
  const text = path === undefined ? undefined : readText(path);
  const { root } =
    path !== undefined && text !== undefined ? parseYaml(path, text) : parseEmbedded(source, filters);
  const entries = root.entries();
  const lists = entries.map((entry) =>
    pathListOf(entry, { dialect: 'dorny', name: `the filter ${entry.key}`, quantifier }),
  );
  return {
    id: step.get('id').text ?? '',
    filters: lists.map(({ items }, index) => ({
      name: entries[index]?.key ?? '',
      quantifier,
      rules: items.map(({ pattern, statuses }) => ({ pattern, ...(statuses && { statuses }) })),
    })),
    lists,
  };
}
