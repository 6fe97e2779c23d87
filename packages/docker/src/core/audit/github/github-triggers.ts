import type { Trigger } from '../../path-filter/decide-run.js';
import { type PathList, pathListOf } from '../path-list.js';
import type { YamlEntry, YamlValue } from '../yaml/yaml-value.js';

export interface GithubTrigger {
  readonly trigger: Trigger;
  readonly lists: readonly PathList[];
}

/** Reads `on` of a workflow: one event, a list of events, or events with their filters. */
export function readTriggers(root: YamlValue): GithubTrigger[] {
  const on = root.get('on');
  if (on.text !== undefined) return [{ trigger: { event: on.text }, lists: [] }];
  const names = on.items().flatMap(({ text }) => (text === undefined ? [] : [text]));
  if (names.length > 0) return names.map((event) => ({ trigger: { event }, lists: [] }));
  return on.entries().map(readTrigger);
}

const filters = {
  branches: 'branches',
  'branches-ignore': 'branchesIgnore',
  tags: 'tags',
  'tags-ignore': 'tagsIgnore',
  paths: 'paths',
  'paths-ignore': 'pathsIgnore',
} as const;

function readTrigger({ key: event, value }: YamlEntry): GithubTrigger {
  const given = value.entries().filter(({ key }) => Object.hasOwn(filters, key));
  const lists = given.flatMap((entry) => {
    const { key } = entry;
    if (key !== 'paths' && key !== 'paths-ignore') return [];
    return [pathListOf(entry, { dialect: key, event, name: `${key} of on.${event}` })];
  });
  const patterns = given.map((entry) => [
    filters[entry.key as keyof typeof filters],
    pathListOf(entry, { dialect: 'paths', name: '' }).items.map(({ pattern }) => pattern),
  ]);
  return { trigger: { event, ...Object.fromEntries(patterns) }, lists };
}
