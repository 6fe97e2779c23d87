import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nxMajors } from '../support/nx-versions.js';
import { git, nx, type RunResult, run } from '../support/run.js';
import { commitAll, createWorkspace, type Files, writeFiles } from '../support/workspace.js';

const hostile = 'we"b $(touch MARK) 😀';
const files: Files = {
  'base/project.json': '{"name":"base"}',
  'base/Dockerfile': 'FROM scratch\nCOPY etc /etc\n',
  'base/etc/motd': 'hello',
  'apps/api/project.json': '{"name":"api"}',
  'apps/api/Dockerfile':
    'FROM ghcr.io/acme/base\nARG MODE\nCOPY apps/api/src /src\nCOPY libs/shared /shared\n',
  'apps/api/src/server.js': '1',
  'apps/web/project.json': JSON.stringify({ name: hostile }),
  'apps/web/Dockerfile': 'FROM scratch\nCOPY src /src\n',
  'apps/web/src/index.js': '1',
  'apps/web/src/notes.md': '1',
  'apps/web/.dockerignore': '**/*.md\n',
  'libs/shared/project.json': '{"name":"shared"}',
  'libs/shared/größe.js': '1',
  'docs/guide.md': '1',
};
/** Nx is asked for its graph only where a target makes what an image copies. */
const made: Files = {
  'apps/made/project.json': JSON.stringify({
    name: 'made',
    implicitDependencies: ['shared'],
    targets: { build: { command: 'mkdir -p apps/made/dist', outputs: ['{projectRoot}/dist'] } },
  }),
  'apps/made/Dockerfile': 'FROM scratch\nCOPY dist /dist\n',
};
const all = ['base', hostile, 'api'].sort();

interface Planned {
  readonly projects: readonly string[];
  readonly scope: string;
  readonly reasons: Readonly<Record<string, string>>;
}

describe.each(nxMajors)('with Nx %i', (major) => {
  let root = '';
  let first = '';
  beforeAll(async () => {
    root = await createWorkspace({ major, plugin: { registry: 'ghcr.io/acme' }, files });
    first = await head();
  });
  afterEach(() => git(root, 'reset', '--quiet', '--hard', first));

  /** Runs the published command and reads what it wrote, as CI does. */
  async function matrix(event: [string, object] | undefined, ...args: string[]): Promise<Planned> {
    const { stdout, exitCode, stderr } = await run(
      ['node', 'node_modules/@moltbook/docker/bin/moltbook-docker.js', 'matrix', '--json', ...args],
      { cwd: root, mayFail: true, env: environment(event) },
    );
    if (exitCode !== 0) throw new Error(stderr);
    const plan = JSON.parse(stdout);
    const reasons = plan.images.map(({ project, reason }: Record<string, string>) => [project, reason]);
    expect(plan.waves.flat().length).toBe(plan.images.length);
    return {
      projects: reasons.map(([project]: string[]) => project).sort(),
      scope: plan.scope,
      reasons: Object.fromEntries(reasons),
    };
  }

  async function head(revision = 'HEAD'): Promise<string> {
    return (await git(root, 'rev-parse', revision)).stdout;
  }

  it('selects exactly the images whose build inputs changed', async () => {
    const selected = async (...changes: (() => void)[]) => {
      for (const change of changes) change();
      await commitAll(root, 'Change');
      const plan = await matrix(['push', { before: first }]);
      await git(root, 'reset', '--quiet', '--hard', first);
      return plan.reasons;
    };
    expect(await selected(() => writeFiles(root, { 'libs/shared/größe.js': '2' }))).toEqual({
      api: 'libs/shared/größe.js changed (COPY libs/shared in line 4)',
    });
    expect(
      await selected(
        () => rmSync(join(root, 'base/etc/motd')),
        () => writeFiles(root, { 'base/etc/x': '' }),
      ),
    ).toEqual({
      base: 'base/etc/motd was deleted (COPY etc in line 2) and 1 more',
      api: 'base image base changed: base/etc/motd was deleted (COPY etc in line 2) and 1 more',
    });
    expect(
      await selected(
        () => rmSync(join(root, 'apps/web/src/index.js')),
        () => writeFiles(root, { 'apps/web/src/$(touch MARK)\n".js': '1' }),
      ),
    ).toEqual({
      [hostile]:
        'apps/web/src/index.js was renamed to "apps/web/src/$(touch MARK)\\n\\".js" (COPY src in line 2)',
    });
    expect(
      await selected(() =>
        writeFiles(root, { 'docs/guide.md': '2', 'apps/web/src/notes.md': '2', 'apps/api/x': '' }),
      ),
    ).toEqual({});
  });

  it('follows what targets make files of', async () => {
    writeFiles(root, made);
    await commitAll(root, 'Add an image of what a target makes');
    writeFiles(root, { 'libs/shared/größe.js': '2' });
    await commitAll(root, 'Change');
    const { reasons } = await matrix(['push', { before: await head('HEAD~1') }]);
    expect(reasons).toEqual({
      api: 'libs/shared/größe.js changed (COPY libs/shared in line 4)',
      made: 'libs/shared/größe.js changed (made:build may make a file of it)',
    });
  });

  it('follows options, and takes more rather than less of a Dockerfile with an error', async () => {
    const nxJson = JSON.parse((await git(root, 'show', 'HEAD:nx.json')).stdout);
    nxJson.plugins[0].options.buildArgs = { MODE: 'x' };
    writeFiles(root, {
      'nx.json': JSON.stringify(nxJson),
      'apps/web/Dockerfile': 'FROM scratch\nCOPY\n',
    });
    await commitAll(root, 'Change');
    expect((await matrix(undefined, '--base=HEAD~1', '--head=HEAD')).reasons).toEqual({
      api: 'build argument MODE changed',
      [hostile]: 'apps/web/Dockerfile changed',
    });
    writeFiles(root, { 'apps/web/x': '' });
    expect((await matrix(undefined, '--base=HEAD')).reasons).toEqual({ [hostile]: 'apps/web/x is new' });
  });

  it('takes every image where nobody can tell what changed', async () => {
    writeFiles(root, { 'apps/web/src/index.js': '2' });
    await commitAll(root, 'Change');
    const second = await head();
    const first0 = await matrix(['push', { before: '0'.repeat(40) }]);
    expect([first0.projects, first0.scope]).toEqual([
      all,
      expect.stringContaining('first one of its branch'),
    ]);
    expect((await matrix(['push', { before: second }])).projects).toEqual(all);
    expect((await matrix(['push', { before: 'f'.repeat(40) }])).projects).toEqual(all);
    await git(root, 'reset', '--quiet', '--hard', first);
    const back = await matrix(['push', { before: second }]);
    expect([back.projects, back.scope]).toEqual([[hostile], expect.stringContaining('pushed over')]);
  });

  it('knows the images that Nx knows', async () => {
    writeFiles(root, { '.nxignore': 'base\n', 'apps/api/src/server.js': '2' });
    await commitAll(root, 'Change');
    const { stdout } = await nx(root, ['show', 'projects', '--with-target=docker-build', '--json']);
    const plan = await matrix(undefined, '--all');
    expect(plan.projects).toEqual(
      (JSON.parse(stdout.slice(stdout.lastIndexOf('\n[') + 1)) as string[]).sort(),
    );
    expect(plan.projects).not.toContain('base');
  });

  it('prints nothing to standard output where git fails', async () => {
    const failed = await matrixOf(root, ['push', { before: first }], '--head=nowhere');
    expect([failed.exitCode, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toContain('GIT_FAILED');
    expect(existsSync(join(root, 'MARK'))).toBe(false);
  });
});

it('takes every image in a shallow clone', async () => {
  const root = await createWorkspace({ files });
  const before = (await git(root, 'rev-parse', 'HEAD')).stdout;
  await git(root, 'switch', '--quiet', '--create', '$(touch${IFS}MARK)"😀');
  await commitAll(root, 'Change');
  const clone = join(mkdtempSync(join(tmpdir(), 'moltbook-docker-e2e-')), 'clone');
  await git(root, 'clone', '--quiet', '--depth=1', `file://${root}`, clone);
  await run(['cp', '-P', join(root, 'node_modules'), clone], { cwd: root });
  const { stdout } = await matrixOf(clone, ['push', { before }]);
  expect(stdout).toMatch(
    /^All images, because the push event names \w+, which is not in this shallow clone\n/,
  );
  expect(stdout).toMatch(/\n3 images to build in 3 jobs and 1 wave, 0 images unchanged$/);
  expect(existsSync(join(clone, 'MARK'))).toBe(false);
});

function matrixOf(cwd: string, event: [string, object] | undefined, ...args: string[]): Promise<RunResult> {
  return run(['node', 'node_modules/@moltbook/docker/bin/moltbook-docker.js', 'matrix', ...args], {
    cwd,
    mayFail: true,
    env: environment(event),
  });
}

function environment(event: [string, object] | undefined): Record<string, string> {
  const quiet = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', GITHUB_EVENT_NAME: '' };
  if (!event) return quiet;
  const [name, payload] = event;
  const path = join(mkdtempSync(join(tmpdir(), 'moltbook-docker-e2e-')), 'event.json');
  writeFileSync(path, JSON.stringify(payload));
  return { ...quiet, GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_REF: 'refs/heads/main' };
}
