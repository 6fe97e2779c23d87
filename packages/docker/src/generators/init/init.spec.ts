import { runGenerator } from '../../../testing/run-generator.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import init, { type InitGeneratorOptions } from './init.js';

const image = {
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM scratch\nCOPY project.json /\n',
};

async function add(files: Record<string, string>, options: InitGeneratorOptions = {}) {
  const root = temporaryWorkspace({ 'package.json': '{}', ...files });
  const { changes, printed } = await runGenerator(root, (tree) => init(tree, options));
  return { files: Object.keys(changes).sort(), nxJson: JSON.parse(changes['nx.json'] ?? '{}'), printed };
}

it('registers the plugin', async () => {
  const { files, nxJson } = await add(image);
  expect(files).toEqual(['nx.json']);
  expect(nxJson).toEqual({ plugins: ['@moltbook/docker/plugin'] });
});

it('registers the plugin with a registry', async () => {
  const { nxJson } = await add(image, { registry: 'ghcr.io/acme' });
  expect(nxJson.plugins).toEqual([
    { plugin: '@moltbook/docker/plugin', options: { registry: 'ghcr.io/acme' } },
  ]);
});

it('writes the workflow where the CI and the registry are known', async () => {
  const { files } = await add({ ...image, '.github/CODEOWNERS': '* @acme\n' }, { registry: 'ghcr.io/acme' });
  expect(files).toEqual(['.github/workflows/docker.yml', 'nx.json']);
});

const build = [
  'on: push',
  'jobs: { api: { runs-on: ubuntu-latest, steps: [{ run: docker build -t ghcr.io/acme/api api }] } }',
].join('\n');

it.each([
  ['no registry is known', { '.github/CODEOWNERS': '* @acme\n' }],
  ['a workflow builds the images', { '.github/workflows/images.yml': build }],
  ['docker.yml is somebody else’s', { '.github/workflows/docker.yml': 'on: push\njobs: {}\n' }],
])('writes no workflow where %s', async (_, files) => {
  expect((await add({ ...image, ...files })).files).toEqual(['nx.json']);
});

it.each([
  '@moltbook/docker',
  '@moltbook/docker/plugin',
  { plugin: '@moltbook/docker/plugin', options: { registry: 'ghcr.io/own', strict: true } },
])('leaves %j as it is', async (entry) => {
  const nxJson = JSON.stringify({ plugins: ['other', entry] });
  const options = typeof entry === 'string' ? {} : { registry: 'ghcr.io/acme' };
  const { files, printed } = await add({ ...image, 'nx.json': nxJson }, options);
  expect(files).toEqual([]);
  if (options.registry) expect(printed).toContain('--registry=ghcr.io/acme is not taken');
});
