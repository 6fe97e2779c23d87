import type { Tree } from '@nx/devkit';
import { editJson, type JsonValue } from '../../core/setup/edit-json.js';
import { additions, type JsonRecord } from '../../core/setup/wanted-options.js';
import type { OwnEntry, SetupFacts } from './read-setup.js';

const pluginPath = '@moltbook/docker/plugin';

export interface NxJsonChange {
  /** Wanted options, one for each entry. */
  readonly options: readonly JsonRecord[];
  /** Generators for `sync.globalGenerators`. */
  readonly syncGenerators: readonly string[];
}

/**
 * Writes nx.json once: what is there stays byte by byte, with its comments.
 *
 * @returns What was added, as paths in nx.json.
 */
export function writeNxJson(tree: Tree, { entries, nxJson }: SetupFacts, change: NxJsonChange): string[] {
  const before = tree.read('nx.json', 'utf8') ?? '{}';
  const edits = [
    ...entries.flatMap((entry, index) =>
      entryEdits(entry, change.options[index] ?? {}, nxJson.plugins?.length ?? 0),
    ),
    ...syncEdits(nxJson.sync?.globalGenerators ?? [], change.syncGenerators),
  ];
  const after = edits.reduce((text, { path, value }) => editJson(text, path, value), before);
  if (after !== before) tree.write('nx.json', after);
  return edits.map(({ shown }) => shown);
}

interface Edit {
  readonly path: readonly (string | number)[];
  readonly value: JsonValue;
  readonly shown: string;
}

function entryEdits({ index, isText, options }: OwnEntry, wanted: JsonRecord, count: number): Edit[] {
  const isEmpty = Object.keys(wanted).length === 0;
  const whole = isEmpty ? pluginPath : { plugin: pluginPath, options: wanted };
  const keys = Object.keys(wanted).map((key) => `options.${key}`);
  if (index === undefined)
    return [
      { path: ['plugins', count], value: whole, shown: [`the plugin ${pluginPath}`, ...keys].join(', ') },
    ];
  const added = additions(options, wanted);
  if (added.length === 0) return [];
  if (isText) return [{ path: ['plugins', index], value: whole, shown: keys.join(', ') }];
  return added.map(({ path, value }) => ({
    path: ['plugins', index, 'options', ...path],
    value,
    shown: ['options', ...path].join('.'),
  }));
}

function syncEdits(existing: readonly string[], wanted: readonly string[]): Edit[] {
  return wanted
    .filter((name) => !existing.includes(name))
    .map((name, index) => ({
      path: ['sync', 'globalGenerators', existing.length + index],
      value: name,
      shown: `sync.globalGenerators ${name}`,
    }));
}
