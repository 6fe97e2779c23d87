import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGenerator } from '../../../testing/run-generator.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import setup from './setup.js';
import type { SetupGeneratorOptions } from './setup-options.js';

const files = {
  'package.json': '{}',
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM scratch\nCOPY project.json /\n',
  'api/Dockerfile.worker': 'FROM scratch\n',
  'web/project.json': '{"name":"web"}',
  'web/Dockerfile': 'FROM scratch\nCOPY project.json /\n',
};
const github: SetupGeneratorOptions = { ci: 'github', registry: 'ghcr.io/acme' };

it.each<[string, Record<string, string>, SetupGeneratorOptions, string]>([
  ['no registry', {}, { ci: 'github' }, 'nothing says which registry the images go to (OPTIONS_INVALID)'],
  [
    'a workflow of somebody else',
    { '.github/workflows/docker.yml': 'name: mine\n' },
    github,
    'WORKFLOW_FOREIGN',
  ],
  [
    'wrong options',
    { 'nx.json': '{"plugins":[{"plugin":"@moltbook/docker","options":{"registri":"x"}}]}' },
    github,
    '"registri"',
  ],
  ['an nx.json that is none', { 'nx.json': '{"plugins":' }, github, 'nx.json cannot be read'],
  ['an image that is nowhere', {}, { ...github, images: 'nothing=x' }, 'there is no image of "nothing"'],
  [
    'a project with several Dockerfiles',
    {},
    { ...github, images: 'api=x' },
    'the project api has several Dockerfiles',
  ],
  ['a folder that is nowhere', {}, { ...github, kubernetes: 'k8s' }, 'no file at or below "k8s"'],
])('writes nothing for %s', async (_, more, options, text) => {
  const root = temporaryWorkspace({ ...files, ...more });
  const before = readFileSync(join(root, 'nx.json'), 'utf8');
  await expect(runGenerator(root, (tree) => setup(tree, options))).rejects.toThrow(text);
  expect(readFileSync(join(root, 'nx.json'), 'utf8')).toBe(before);
});

it('gives each entry of the plugin the images that it takes', async () => {
  const plugin = '@moltbook/docker/plugin';
  const plugins = [
    { plugin, exclude: ['web/**'], options: { registry: 'ghcr.io/acme' } },
    { plugin, include: ['web/**'], options: { registry: 'ghcr.io/acme' } },
  ];
  const root = temporaryWorkspace({ ...files, 'nx.json': JSON.stringify({ plugins }, null, 2) });
  const images = 'api/Dockerfile=shop-api,web=shop-web';
  const { changes } = await runGenerator(root, (tree) => setup(tree, { ci: 'none', images }));
  expect(JSON.parse(changes['nx.json'] ?? '').plugins).toEqual([
    {
      ...plugins[0],
      options: { registry: 'ghcr.io/acme', images: { 'api/Dockerfile': { imageName: 'shop-api' } } },
    },
    {
      ...plugins[1],
      options: { registry: 'ghcr.io/acme', images: { 'web/Dockerfile': { imageName: 'shop-web' } } },
    },
  ]);
});

it('keeps what is configured, and says what it did not take', async () => {
  const options = { registry: 'ghcr.io/own', images: { 'web/Dockerfile': { imageName: 'site' } } };
  const nxJson = JSON.stringify({ plugins: [{ plugin: '@moltbook/docker/plugin', options }] });
  const root = temporaryWorkspace({ ...files, 'nx.json': nxJson });
  const given = { ci: 'none', registry: 'ghcr.io/acme', images: 'web=other' } as const;
  const { changes, printed } = await runGenerator(root, (tree) => setup(tree, given));
  expect(changes).toEqual({});
  expect(printed).toContain('the registry ghcr.io/own; --registry=ghcr.io/acme is not taken');
  expect(printed).toContain('web/Dockerfile is called site; --images is not taken for it');
});
