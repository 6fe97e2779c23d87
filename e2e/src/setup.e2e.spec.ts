import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nxMajors } from '../support/nx-versions.js';
import { git, nx } from '../support/run.js';
import { commitAll, createWorkspace, type Files } from '../support/workspace.js';

const setup = ['g', '@moltbook/docker:setup'];
const flags = ['--registry=ghcr.io/acme', '--ci=github', '--images=api=shop-api', '--kubernetes=none'];
const workflow = '.github/workflows/docker.yml';
const files: Files = {
  'nx.json': '{\n  // Not for this test.\n  "analytics": false\n}\n',
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM scratch\nCOPY project.json /\n',
  'web/project.json': '{"name":"web"}',
  'web/Dockerfile': 'FROM ghcr.io/acme/shop-api\nCOPY project.json /\n',
};

async function changed(root: string): Promise<string> {
  return (await git(root, 'status', '--porcelain', '--untracked-files=all')).stdout;
}

it.each(nxMajors)('sets a fresh workspace of Nx %i up, once', async (major) => {
  const root = await createWorkspace({ major, files });
  const { stdout } = await nx(root, [...setup, ...flags]);
  expect(stdout).toContain('npx nx docker-build api --print');
  expect(await changed(root)).toBe(` M nx.json\n?? ${workflow}`);
  expect(readFileSync(join(root, 'nx.json'), 'utf8')).toContain('// Not for this test.');
  await commitAll(root, 'Set up');

  const again = await nx(root, setup);
  expect(again.stdout).toContain('nothing: all is as it should be');
  expect(await changed(root)).toBe('');
  await nx(root, ['sync:check']);
  const shown = await nx(root, ['show', 'projects', '--with-target', 'docker-build', '--json']);
  expect(JSON.parse(shown.stdout).sort()).toEqual(['api', 'web']);
});

it('writes nothing in a dry run, and where a name is none', async () => {
  const root = await createWorkspace({ files });
  const dry = await nx(root, [...setup, ...flags, '--dry-run']);
  expect(dry.stdout).toContain('nx.json: the plugin @moltbook/docker/plugin');
  expect(dry.stdout).toContain(`CREATE ${workflow}`);
  expect(await changed(root)).toBe('');
  for (const [flag, text] of [
    ['--registry=ghcr.io/$(touch MARK)', 'cannot stand before the name of an image'],
    [
      '--images=nothing=x',
      'there is no image of "nothing"; there are api (api/Dockerfile), web (web/Dockerfile)',
    ],
    ['--kubernetes=nowhere', 'there is no file at or below "nowhere"'],
  ]) {
    const given = flags.filter((each) => each.split('=')[0] !== flag?.split('=')[0]);
    const { exitCode, stdout, stderr } = await nx(root, [...setup, ...given, flag ?? ''], { mayFail: true });
    expect([exitCode, stdout + stderr]).toEqual([1, expect.stringContaining(text ?? '')]);
    expect(stdout + stderr).toContain('Fix: ');
  }
  expect(await changed(root)).toBe('');
});

it('replaces a workflow that filters by paths', async () => {
  const old = '.github/workflows/api.yml';
  const root = await createWorkspace({
    files: {
      ...files,
      [old]: `name: api
on: { push: { branches: [main], paths: ['api/src/**'] } }
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: docker/build-push-action@v6
        with: { context: api, push: true, tags: 'ghcr.io/acme/shop-api:latest' }
`,
    },
  });
  const migrate = ['g', '@moltbook/docker:migrate-workflows'];
  const dry = await nx(root, [...migrate, '--dry-run']);
  expect(dry.stdout).toContain('api/project.json');
  expect(dry.stdout).toContain(`DELETE ${old}`);
  expect(await changed(root)).toBe('');
  await nx(root, [...migrate, '--yes']);
  expect(await changed(root)).toBe(` D ${old}\n M nx.json\n?? ${workflow}`);
  expect(
    JSON.parse(readFileSync(join(root, 'nx.json'), 'utf8').replace(/\/\/.*/, '')).plugins[0].options,
  ).toEqual({
    registry: 'ghcr.io/acme',
    publish: { tags: ['type=raw,value=latest,enable={{is_default_branch}}'] },
    images: { 'api/Dockerfile': { imageName: 'shop-api' } },
  });
});
