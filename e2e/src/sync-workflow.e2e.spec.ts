import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nxMajors } from '../support/nx-versions.js';
import { nx } from '../support/run.js';
import { createWorkspace, writeFiles } from '../support/workspace.js';

const path = '.github/workflows/docker.yml';
const plugin = { plugin: '@moltbook/docker/plugin', options: { registry: 'ghcr.io/acme' } };
const files = {
  'nx.json': JSON.stringify({
    analytics: false,
    plugins: [plugin],
    sync: { globalGenerators: ['@moltbook/docker:sync-workflow'] },
  }),
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM scratch\nCOPY project.json /\n',
};

describe.each(nxMajors)('Nx %i', (major) => {
  let root: string;
  const read = () => readFileSync(join(root, path), 'utf8');

  async function check(): Promise<{ exitCode: number; output: string }> {
    const { exitCode, stdout, stderr } = await nx(root, ['sync:check'], { mayFail: true });
    return { exitCode, output: stdout + stderr };
  }

  beforeAll(async () => {
    root = await createWorkspace({ major, files });
  });

  it('writes the workflow by nx sync, and nx sync:check is content with it', async () => {
    expect(await check()).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining(`${path} is missing.`),
    });
    await nx(root, ['sync']);
    expect(read()).toContain('build_0:');
    expect(await check()).toMatchObject({ exitCode: 0 });
  });

  it('fails nx sync:check when the images grow deeper, and keeps what was written between the marks', async () => {
    const own = '      - run: echo mine # $& stays';
    writeFileSync(
      join(root, path),
      read().replace('begin build_0 steps', () => `begin build_0 steps\n${own}`),
    );
    expect(await check()).toMatchObject({ exitCode: 0 });
    writeFiles(root, {
      'base/project.json': '{"name":"base"}',
      'base/Dockerfile': 'FROM scratch\n',
      'api/Dockerfile': 'FROM ghcr.io/acme/base\nCOPY project.json /\n',
    });
    expect(await check()).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/Line \d+, .*build_0/),
    });
    await nx(root, ['sync']);
    expect(read().split(own)).toHaveLength(3);
    expect(read()).toContain('build_1:');
    expect(await check()).toMatchObject({ exitCode: 0 });
  });

  it('names the first line that was changed by hand before it is lost', async () => {
    const text = read();
    writeFileSync(join(root, path), text.replace('timeout-minutes: 60', 'timeout-minutes: 90'));
    expect(await check()).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('`timeout-minutes: 90`, becomes `timeout-minutes: 60`'),
    });
    await nx(root, ['sync']);
    expect(read()).toBe(text);
  });
});
