import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nxVersions, repositoryRoot, tarball } from '../support/nx-versions.js';
import { git, nx, run } from '../support/run.js';

it('can be installed from its tarball and infers the same target as from source', async () => {
  const root = mkdtempSync(join(tmpdir(), 'moltbook-docker-install-'));
  const { nx: version, devkit } = nxVersions[23];
  const devDependencies = { nx: version, '@nx/devkit': devkit, '@moltbook/docker': `file:${tarball}` };
  writeJson(join(root, 'package.json'), { name: 'fresh', version: '0.0.0', private: true, devDependencies });
  await git(root, 'init', '--quiet');
  await run(['npm', 'install', '--no-audit', '--prefer-offline'], { cwd: root });
  writeJson(join(root, 'nx.json'), { analytics: false });
  await nx(root, ['g', '@moltbook/docker:init', '--registry=ghcr.io/ardenone']);
  mkdirSync(join(root, 'api'));
  writeJson(join(root, 'api/project.json'), { name: 'api' });
  writeFileSync(join(root, 'api/Dockerfile'), 'FROM scratch\nCOPY project.json /\n');

  const source = await targetOf(repositoryRoot, 'api');
  const installed = await targetOf(root, 'api');
  expect(Object.keys(installed).sort()).toEqual(Object.keys(source).sort());
  expect(installed).toMatchObject({
    executor: '@moltbook/docker:build',
    options: { dockerfile: 'api/Dockerfile', image: 'ghcr.io/ardenone/api' },
  });
  const folder = join(root, 'node_modules/@moltbook/docker');
  for (const file of [
    'dist/index.d.ts',
    'dist/plugin.d.ts',
    'dist/executors/build/schema.json',
    'LICENSE',
    'README.md',
  ])
    expect(`${file} ${existsSync(join(folder, file))}`).toBe(`${file} true`);
  expect(existsSync(join(folder, 'src'))).toBe(false);
});

async function targetOf(root: string, project: string): Promise<Record<string, unknown>> {
  const env = { NX_ISOLATE_PLUGINS: 'true' };
  const { stdout } = await nx(root, ['show', 'project', project, '--json'], { env });
  return (
    (JSON.parse(stdout) as { targets: Record<string, Record<string, unknown>> }).targets['docker-build'] ?? {}
  );
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value, null, 2));
}
