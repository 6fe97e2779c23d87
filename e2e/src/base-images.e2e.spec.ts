import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { docker, imageFile, removeImages } from '../support/engine.js';
import { nxMajors } from '../support/nx-versions.js';
import { nx } from '../support/run.js';
import { commitAll, createWorkspace, writeFiles } from '../support/workspace.js';

const files = {
  'base/project.json': '{"name":"base"}',
  'base/Dockerfile': 'FROM scratch\nCOPY version /version\n',
  'base/version': 'one',
  'middle/project.json': '{"name":"middle"}',
  'middle/Dockerfile': 'ARG REGISTRY=registry.test/acme\nFROM ${REGISTRY}/base:1.0\nCOPY middle /middle\n',
  'middle/middle': 'middle',
  'app/project.json': '{"name":"app"}',
  'app/Dockerfile': 'FROM scratch\nCOPY --from=registry.test/acme/middle /version /copied\nCOPY app /app\n',
  'app/app': 'app',
  'alone/project.json': '{"name":"alone"}',
  'alone/Dockerfile': 'FROM scratch\nCOPY alone /alone\n',
  'alone/alone': 'alone',
};
const plugin = { registry: 'registry.test/acme' };

afterAll(() => removeImages('registry.test/acme/*'));

describe.each(nxMajors)('with Nx %i', (major) => {
  let root = '';
  beforeAll(async () => {
    // Of their own: what another one has built would be taken for it.
    root = await createWorkspace({ major, plugin, files: { ...files, 'base/version': `one of ${major}` } });
  });

  it('draws an edge from the Dockerfile to the image it starts from', async () => {
    await nx(root, ['graph', '--file=graph.json']);
    const { graph } = require(join(root, 'graph.json'));
    rmSync(join(root, 'graph.json'));
    const edges = Object.values(
      graph.dependencies as Record<string, { source: string; target: string }[]>,
    ).flat();
    expect(edges.map(({ source, target }) => `${source} -> ${target}`).sort()).toEqual([
      'app -> middle',
      'middle -> base',
    ]);
  });

  it.each([
    ['base/version', ['app', 'base', 'middle']],
    ['middle/middle', ['app', 'middle']],
    ['app/app', ['app']],
  ])('%s selects %j', async (file, selected) => {
    const { stdout } = await nx(root, [
      ...['show', 'projects', '--affected', `--files=${file}`],
      ...['--with-target', 'docker-build', '--json'],
    ]);
    expect((JSON.parse(stdout) as string[]).sort()).toEqual(selected);
  });

  it('refuses to start from an image that has taken the name of the base', async () => {
    await nx(root, ['docker-build', 'base']);
    await nx(root, ['docker-build', 'alone']);
    await docker('tag', 'registry.test/acme/alone:local', 'registry.test/acme/base:local');
    const { exitCode, stdout, stderr } = await nx(
      root,
      ['docker-build', 'middle', '--excludeTaskDependencies', '--force'],
      {
        mayFail: true,
      },
    );
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toMatch(
      /base:1\.0 was built as registry\.test\/acme\/base:local, which is sha256:\w+ now/,
    );
  });

  it('builds a changed base and then, from it, what depends on it', async () => {
    await nx(root, ['run-many', '-t', 'docker-build']);
    expect(await imageFile('registry.test/acme/app:local', '/copied')).toBe(`one of ${major}`);
    writeFiles(root, { 'base/version': `two of ${major}` });
    await commitAll(root, 'Change the base');
    const { stdout } = await nx(root, [
      'affected',
      '-t',
      'docker-build',
      '--base=HEAD~1',
      '--head=HEAD',
      '--output-style=stream',
    ]);
    expect(await imageFile('registry.test/acme/app:local', '/copied')).toBe(`two of ${major}`);
    const built = [...stdout.matchAll(/registry\.test\/acme\/(\w+):local is built/g)].map(([, name]) => name);
    expect(built).toEqual(['base', 'middle', 'app']);
  });

  it('builds what depends on a base that was built anew from the same inputs, once', async () => {
    await nx(root, ['docker-build', 'base', '--labels=built=anew']);
    const build = async () => (await nx(root, ['docker-build', 'middle', '--output-style=stream'])).stdout;
    expect(await build()).toContain('registry.test/acme/middle:local is built');
    expect(await build()).toContain('unchanged: registry.test/acme/middle:local');
  });
});
