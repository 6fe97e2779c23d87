import { updateJson } from '@nx/devkit';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { treeOnDisk } from '../../../testing/tree-on-disk.js';
import syncWorkflow from './sync-workflow.js';

const path = '.github/workflows/docker.yml';

/** A tree on a workspace, and what it would write. */
function openTemporary(files: Record<string, string>, options: object = {}) {
  const plugin = { plugin: '@moltbook/docker/plugin', options: { registry: 'ghcr.io/acme', ...options } };
  const root = temporaryWorkspace({
    'nx.json': JSON.stringify({ plugins: [plugin], defaultBase: 'trunk' }),
    'package.json': '{}',
    'package-lock.json': '{}',
    'api/project.json': '{"name":"api"}',
    'api/Dockerfile': 'FROM scratch\nCOPY project.json /\n',
    ...files,
  });
  return treeOnDisk(root);
}

const base = { 'base/project.json': '{"name":"base"}', 'base/Dockerfile': 'FROM scratch\n' };
const onBase = { ...base, 'api/Dockerfile': 'FROM ghcr.io/acme/base\n' };

it('writes a workflow once', async () => {
  const { tree, changes, flush } = openTemporary({});
  expect(await syncWorkflow(tree)).toEqual({
    outOfSyncMessage: `The CI workflow ${path} is out of date.`,
    outOfSyncDetails: [`${path} is missing.`],
  });
  expect(changes.get(path)).toContain('branches: [trunk]');
  flush();
  expect(await syncWorkflow(tree)).toBeUndefined();
  expect([...changes]).toEqual([]);
});

it.each([
  ['a new wave', onBase, {}, 'build_1:'],
  ['a platform', {}, { platforms: ['linux/arm64'] }, 'linux/arm64=ubuntu-24.04-arm'],
  ['a folder with manifests', {}, { kubernetes: { paths: ['k8s'] } }, 'references:'],
  [
    'a lockfile of pnpm',
    { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" },
    {},
    'pnpm install --frozen-lockfile',
  ],
  ['yarn', { 'yarn.lock': '# yarn lockfile v1\n' }, {}, 'yarn install --frozen-lockfile'],
  ['yarn 4', { 'yarn.lock': '\n__metadata:\n' }, {}, 'yarn install --immutable'],
  ['bun', { 'bun.lock': '{}' }, {}, 'bun install --frozen-lockfile'],
  ['a version of Node', { '.nvmrc': '22\n' }, {}, 'node-version-file: .nvmrc'],
])('follows %s', async (_, files, options, text) => {
  const before = openTemporary({});
  await syncWorkflow(before.tree);
  const written = before.changes.get(path) ?? '';
  expect(written).not.toContain(text);
  const { tree, changes } = openTemporary({ [path]: written, ...files }, options);
  const result = await syncWorkflow(tree);
  expect(changes.get(path)).toContain(text);
  expect(result?.outOfSyncDetails[1]).toMatch(/^Line \d+, `.*`, becomes `.*`\.$/);
});

it('reads nx.json with the changes of an earlier generator', async () => {
  const { tree, changes } = openTemporary({});
  updateJson(tree, 'nx.json', (nxJson) => ({ ...nxJson, defaultBase: 'later' }));
  await syncWorkflow(tree);
  expect(changes.get(path)).toContain('branches: [later]');
});

it('writes a pipeline where the provider is GitLab', async () => {
  const { tree, changes } = openTemporary({}, { ci: { provider: 'gitlab' } });
  await syncWorkflow(tree);
  expect([...changes.keys()]).toEqual(['.gitlab/docker.gitlab-ci.yml']);
});

it.each([
  ['a file of somebody else', { [path]: 'name: docker\n' }, {}, 'WORKFLOW_FOREIGN'],
  ['no registry', {}, { registry: undefined }, 'has no registry'],
  ['a registry without a login', {}, { registry: 'registry.example.com' }, 'ci.registryLogin'],
  ['Docker Hub without a login', {}, { registry: 'acme' }, 'cannot log in to docker.io'],
  ['wrong options', {}, { ci: { strategy: 'many' } }, 'OPTIONS_INVALID'],
  ['an expression in an option', {}, { ci: { branch: '${{ github.token }}' } }, 'OPTIONS_INVALID'],
])('writes nothing for %s', async (_, files, options, text) => {
  const { tree, changes } = openTemporary(files, options);
  await expect(syncWorkflow(tree)).rejects.toThrow(text);
  expect([...changes]).toEqual([]);
});
