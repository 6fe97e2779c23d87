import { readNxJson, type Tree, updateNxJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import init from './init.js';

let tree: Tree;
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
});

const plugins = () => readNxJson(tree)?.plugins;

it('registers the plugin', () => {
  init(tree);
  expect(plugins()).toEqual(['@moltbook/docker/plugin']);
});

it('registers the plugin with a registry', () => {
  init(tree, { registry: 'ghcr.io/acme' });
  expect(plugins()).toEqual([{ plugin: '@moltbook/docker/plugin', options: { registry: 'ghcr.io/acme' } }]);
});

it.each([
  '@moltbook/docker',
  '@moltbook/docker/plugin',
  { plugin: '@moltbook/docker/plugin', options: { strict: true } },
])('leaves %j as it is', (entry) => {
  updateNxJson(tree, { ...readNxJson(tree), plugins: ['other', entry] });
  const before = tree.read('nx.json', 'utf8');
  init(tree, { registry: 'ghcr.io/acme' });
  expect(tree.read('nx.json', 'utf8')).toBe(before);
});
