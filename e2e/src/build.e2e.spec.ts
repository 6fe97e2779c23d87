import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { docker, removeImages } from '../support/engine.js';
import { repositoryRoot } from '../support/nx-versions.js';
import { git, nx } from '../support/run.js';
import { commitAll, createWorkspace, writeFiles } from '../support/workspace.js';

const host = process.env.MOLTBOOK_REGISTRY ?? '';
const owner = `${host}/build-${randomBytes(4).toString('hex')}`;
const files = {
  'base/project.json': '{"name":"base"}',
  'base/Dockerfile': 'FROM scratch\nCOPY version /version\n',
  'base/version': owner,
  'app/project.json': '{"name":"app"}',
  'app/Dockerfile': `FROM ${owner}/base\nCOPY page /page\n`,
  'app/page': 'one',
};
/** As on a developer's machine. */
const env = { GITHUB_ACTIONS: '', GITHUB_EVENT_NAME: '', GITLAB_CI: '' };

interface Record {
  readonly imageRef: string;
  readonly tags: readonly string[];
  readonly digest: string;
  readonly unchanged?: true;
  readonly pushed?: true;
  readonly revision?: string;
  readonly bases?: { readonly [reference: string]: string };
  readonly sizes?: { readonly [platform: string]: number };
}

let root = '';

beforeAll(async () => {
  expect(host).not.toBe('');
  root = await createWorkspace({ plugin: { registry: owner }, files });
});

afterAll(async () => {
  await removeImages(`${owner}/*`);
  if (root) rmSync(root, { recursive: true, force: true });
});

/** Runs the target of a project and returns what each image said of itself, by project. */
async function build(task: string, ...flags: string[]): Promise<{ [project: string]: string }> {
  const { stdout } = await nx(root, ['run', task, '--output-style=stream', ...flags], { env });
  const news = stdout.split('\n').filter((line) => line.includes('its record is dist/docker/'));
  return Object.fromEntries(
    news.map((line) => [
      /dist\/docker\/(\w+)\.json/.exec(line)?.[1] ?? '',
      line.replace(/^\w+: (.*); its record.*/, '$1').replaceAll(`${owner}/`, ''),
    ]),
  );
}

function record(project: string): Record {
  const text = readFileSync(join(root, `dist/docker/${project}.json`), 'utf8');
  const schema = join(repositoryRoot, 'packages/docker/schemas/published-record.schema.json');
  const ajv = new Ajv({ strict: false });
  ajv.validate(JSON.parse(readFileSync(schema, 'utf8')), JSON.parse(text));
  expect(ajv.errors ?? []).toEqual([]);
  return JSON.parse(text);
}

function idOf(name: string): Promise<string> {
  return docker('image', 'inspect', '--format', '{{.Id}}', `${owner}/${name}`);
}

async function tagsOf(project: string): Promise<string[]> {
  const response = await fetch(`http://${host}/v2/${owner.slice(host.length + 1)}/${project}/tags/list`);
  const { tags } = (await response.json()) as { tags: string[] };
  return tags.filter((tag) => !tag.startsWith('build-')).sort();
}

async function commit(message: string): Promise<string> {
  await commitAll(root, message);
  return (await git(root, 'rev-parse', 'HEAD')).stdout;
}

describe('an image that is built again', () => {
  let id = '';

  it('is the same, and the engine is not run', async () => {
    expect(await build('base:docker-build')).toEqual({ base: 'base:local is built' });
    const built = record('base');
    id = await idOf('base:local');
    expect(await build('base:docker-build')).toEqual({
      base: 'unchanged: base:local already holds these inputs',
    });
    expect(await idOf('base:local')).toBe(id);
    const unchanged = { ...built, unchanged: true, duration: expect.any(Number) };
    expect(record('base')).toEqual(unchanged);
    expect(Object.values(built.sizes ?? {})).toEqual([expect.any(Number)]);
  });

  it('gets its record again, and another name', async () => {
    rmSync(join(root, 'dist'), { recursive: true });
    expect(await build('base:docker-build', '--tags=v1')).toEqual({
      base: expect.stringMatching(/^unchanged: sha256:\w{12} was built .* is named base:v1 now$/),
    });
    expect(record('base')).toMatchObject({ imageRef: `${owner}/base:v1`, unchanged: true });
    expect(await idOf('base:v1')).toBe(id);
  });

  it.each([
    ['with --force', async () => {}, ['--force']],
    ['with a label that it does not have', async () => {}, ['--labels=team=shop']],
    ['after a change', async () => writeFiles(root, { 'base/version': 'two' }), []],
    ['once the engine has lost it', () => removeImages(`${owner}/base`), []],
  ] as const)('is built %s', async (_, change, flags) => {
    await change();
    expect(await build('base:docker-build', ...flags)).toEqual({ base: 'base:local is built' });
    expect(record('base').unchanged).toBeUndefined();
  });
});

describe('an image that is published', () => {
  let first = '';
  let digest = '';

  function names(head: string): string[] {
    return [`main-${head.slice(0, 7)}`, 'main', 'latest', `sha-${head}`];
  }

  it('is refused while files differ from the commit', async () => {
    const { stdout, stderr } = await nx(root, ['run', 'base:docker-build:publish'], { env, mayFail: true });
    expect(stdout + stderr).toContain('"base/version" is not as in the commit');
    expect(stdout + stderr).toContain('(COMMIT_DIFFERS)');
  });

  it('gets the names of its commit, and so does its base, which it starts from by digest', async () => {
    first = await commit('Two');
    expect(await build('app:docker-build:publish')).toEqual({
      base: `base:main-${first.slice(0, 7)} is pushed`,
      app: `app:main-${first.slice(0, 7)} is pushed`,
    });
    const [base, app] = [record('base'), record('app')];
    expect(app).toMatchObject({
      imageRef: `${owner}/app:main-${first.slice(0, 7)}`,
      tags: names(first),
      pushed: true,
      revision: first,
      bases: { [`${owner}/base`]: `${owner}/base@${base.digest}` },
      sizes: expect.any(Object),
    });
    expect(await tagsOf('app')).toEqual([...names(first)].sort());
    ({ digest } = app);
  });

  it('is neither built nor written a second time', async () => {
    await removeImages(`${owner}/*`);
    const before = [await tagsOf('app'), await tagsOf('base')];
    expect(await build('app:docker-build:publish')).toEqual({
      base: expect.stringMatching(
        /^unchanged: base@sha256:\w+ was built from these inputs; its names are main-/,
      ),
      app: `unchanged: app@${digest} was built from these inputs; its names are ${names(first).join(', ')}`,
    });
    expect([await tagsOf('app'), await tagsOf('base')]).toEqual(before);
  });

  it('gets the names of a commit that changes nothing of it, without an engine', async () => {
    const head = await commit('Nothing');
    await build('app:docker-build:publish', '--verbose');
    expect(record('app')).toMatchObject({ digest, tags: names(head), revision: head, unchanged: true });
    expect(await tagsOf('app')).toEqual([...new Set([...names(first), ...names(head)])].sort());
    expect(await docker('image', 'ls', '--quiet', '--filter', `reference=${owner}/*`)).toBe('');
  });

  it('is built after a change, and comes back with the revert', async () => {
    writeFiles(root, { 'app/page': 'two' });
    await commit('Change');
    expect(await build('app:docker-build:publish')).toMatchObject({
      base: expect.stringMatching(/^unchanged/),
      app: expect.stringMatching(/is pushed$/),
    });
    expect(record('app').digest).not.toBe(digest);
    writeFiles(root, { 'app/page': 'one' });
    const head = await commit('Revert');
    await build('app:docker-build:publish');
    expect(record('app')).toMatchObject({ digest, tags: names(head), unchanged: true });
  });

  it.each([22, 24] as const)('is so with its bases by Nx %i', async (major) => {
    const other = await createWorkspace({ major, plugin: { registry: owner }, files });
    try {
      // Nx 22 shows the graph without the configuration, which it does give on.
      const shown = major === 22 ? [] : ['--graph=graph.json'];
      await nx(other, ['run', 'app:docker-build:publish', ...shown], { env });
      if (major !== 22) {
        const { tasks } = JSON.parse(readFileSync(join(other, 'graph.json'), 'utf8'));
        expect(Object.keys(tasks.tasks)).toContain('base:docker-build:publish');
        return;
      }
      const { tags, pushed } = JSON.parse(readFileSync(join(other, 'dist/docker/base.json'), 'utf8'));
      expect([tags, pushed]).toEqual([names((await git(other, 'rev-parse', 'HEAD')).stdout), true]);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });
});
