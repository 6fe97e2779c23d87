import { readNxJson, type Tree, updateNxJson } from '@nx/devkit';

export interface InitGeneratorOptions {
  readonly registry?: string;
}

const pluginPath = '@moltbook/docker/plugin';

/** Registers the plugin in `nx.json`. An entry that is there already is left as it is. */
export default function init(tree: Tree, { registry }: InitGeneratorOptions = {}): void {
  const nxJson = readNxJson(tree) ?? {};
  const plugins = nxJson.plugins ?? [];
  const names = plugins.map((entry) => (typeof entry === 'string' ? entry : entry.plugin));
  if (names.some((name) => name === pluginPath || name === '@moltbook/docker')) return;
  const entry = registry ? { plugin: pluginPath, options: { registry } } : pluginPath;
  updateNxJson(tree, { ...nxJson, plugins: [...plugins, entry] });
}
