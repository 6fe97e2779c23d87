import { type NxJsonConfiguration, parseJson } from '@nx/devkit';
import { DockerPluginError } from '../../core/errors.js';
import type { Workspace } from '../../nx/workspace.js';

/** An entry of `plugins` in nx.json. */
export type Entry = Exclude<NonNullable<NxJsonConfiguration['plugins']>[number], string>;

/** The entries of this plugin, in their order. */
export function pluginEntries({ plugins = [] }: NxJsonConfiguration): Entry[] {
  return plugins.map(toEntry).filter(({ plugin }) => isThisPlugin(plugin));
}

/** @throws DockerPluginError OPTIONS_INVALID where nx.json is not there or cannot be read. */
export function readNxJson({ readText }: Workspace): NxJsonConfiguration {
  const text = readText('nx.json');
  if (text === undefined)
    throw new DockerPluginError({
      code: 'OPTIONS_INVALID',
      severity: 'error',
      message: 'there is no nx.json in this folder or above it',
      fix: 'run this in an Nx workspace',
    });
  try {
    return parseJson<NxJsonConfiguration>(text);
  } catch (error) {
    throw new DockerPluginError({
      code: 'OPTIONS_INVALID',
      severity: 'error',
      message: `nx.json cannot be read: ${(error as Error).message.split('\n')[0]}`,
      fix: 'correct it until npx nx show projects works',
    });
  }
}

function toEntry(entry: Entry | string): Entry {
  return typeof entry === 'string' ? { plugin: entry } : entry;
}

export function isThisPlugin(name: string): boolean {
  return name === '@moltbook/docker' || name === '@moltbook/docker/plugin';
}
