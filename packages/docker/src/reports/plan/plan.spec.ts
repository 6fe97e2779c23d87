import { join } from 'node:path';
import { type FakeRegistry, fakeRegistry } from '../../../testing/fake-registry.js';
import { commit, git, temporaryRepository } from '../../../testing/temporary-repository.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { makePlan } from './plan.js';
import type { PlanOptions } from './plan-situation.js';

const plugin = { plugin: '@moltbook/docker/plugin', options: { registry: 'ghcr.io/acme' } };
const nxJson = (options: object = {}, more: object = {}) =>
  JSON.stringify({ plugins: [{ ...plugin, options: { ...plugin.options, ...options } }], ...more });

const files = {
  'nx.json': nxJson(),
  'package.json': '{"name":"root"}',
  'base/project.json': '{"name":"base"}',
  'base/Dockerfile': 'FROM scratch\nCOPY etc /etc\n',
  'base/etc/motd': 'hello',
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM ghcr.io/acme/base\nARG NODE_VERSION\nCOPY api/src /src\nCOPY libs/shared /shared\n',
  'api/src/server.js': '1',
  'libs/shared/größe.js': '1',
  'web/project.json': '{"name":"web"}',
  'web/Dockerfile': 'FROM scratch\nCOPY src /src\n',
  'web/.dockerignore': '**/*.md\n',
  'web/src/index.js': '1',
  'web/src/README.md': '1',
};

async function planned(root: string, options: Partial<PlanOptions> = {}): Promise<Record<string, string>> {
  const plan = await makePlan({ root, env: {}, ...options });
  return Object.fromEntries(plan.images.map(({ project, reason }) => [project, reason]));
}

describe('compares the base with the head', () => {
  const root = temporaryRepository(files);
  const base = git(root, 'rev-parse', 'HEAD');

  it.each<[string, Record<string, string | null>, Record<string, string>]>([
    ['nothing', {}, {}],
    [
      'a file that is read',
      { 'api/src/server.js': '2' },
      { api: 'api/src/server.js changed (COPY api/src in line 3)' },
    ],
    ['a file that nothing reads', { 'README.md': '2', 'web/notes.txt': '' }, {}],
    ['a file that an ignore file keeps out', { 'web/src/README.md': '2' }, {}],
    [
      'a non-ASCII name',
      { 'libs/shared/größe.js': '2' },
      { api: 'libs/shared/größe.js changed (COPY libs/shared in line 4)' },
    ],
    [
      'a deleted file',
      { 'libs/shared/größe.js': null, 'libs/shared/x': '' },
      { api: 'libs/shared/größe.js was deleted (COPY libs/shared in line 4) and 1 more' },
    ],
    [
      'a renamed file',
      { 'api/src/server.js': null, 'api/src/main.js': '1' },
      { api: 'api/src/server.js was renamed to api/src/main.js (COPY api/src in line 3)' },
    ],
    [
      'a file that is moved away',
      { 'web/src/index.js': null, 'docs/index.js': '1', 'web/src/x.md': '' },
      { web: 'web/src/index.js was renamed to docs/index.js (COPY src in line 2)' },
    ],
    [
      'a base image',
      { 'base/etc/motd': '2' },
      {
        base: 'base/etc/motd changed (COPY etc in line 2)',
        api: 'base image base changed: base/etc/motd changed (COPY etc in line 2)',
      },
    ],
    ['an ignore file', { 'web/.dockerignore': '' }, { web: 'web/.dockerignore changed' }],
    [
      'a new ignore file',
      { 'web/Dockerfile.dockerignore': '**/*.md\n' },
      { web: 'web/Dockerfile.dockerignore is new' },
    ],
    ['an ignore file that is gone', { 'web/.dockerignore': null }, { web: 'web/.dockerignore was deleted' }],
    [
      'a build argument that is declared',
      { 'nx.json': nxJson({ buildArgs: { NODE_VERSION: '20' } }) },
      { api: 'build argument NODE_VERSION changed' },
    ],
    ['a build argument that nobody declares', { 'nx.json': nxJson({ buildArgs: { OTHER: '20' } }) }, {}],
    [
      'an option of nx.json that is not of an image',
      { 'nx.json': nxJson({ ci: { maxJobs: 9 } }, { defaultBase: 'main' }) },
      {},
    ],
    [
      'the registry',
      { 'nx.json': nxJson({ registry: 'ghcr.io/other' }) },
      {
        base: 'the name of the image changed',
        web: 'the name of the image changed',
        api: 'the name of the image changed',
      },
    ],
    [
      'a compose file',
      { 'compose.yaml': 'services: { web: { build: { context: web, target: x } } }' },
      { web: 'the target stage changed' },
    ],
    [
      'an own target',
      {
        'web/project.json':
          '{"name":"web","targets":{"docker-build":{"options":{"platforms":["linux/arm64"]}}}}',
      },
      { web: 'the list of platforms changed' },
    ],
    ['a broken Dockerfile', { 'web/Dockerfile': 'FROM scratch\nCOPY\n' }, { web: 'web/Dockerfile changed' }],
    [
      'a new image',
      { 'new/project.json': '{"name":"new"}', 'new/Dockerfile': 'FROM scratch\n' },
      { new: 'new image' },
    ],
    ['an image that is gone', { 'web/Dockerfile': null }, {}],
    ['a Dockerfile that Nx does not see any more', { '.nxignore': 'web/Dockerfile' }, {}],
    [
      'a hostile name',
      { 'api/src/$(touch x)\n`"': '' },
      { api: '"api/src/$(touch x)\\n`\\"" is new (COPY api/src in line 3)' },
    ],
  ])('%s', async (_, change, expected) => {
    git(root, 'reset', '--quiet', '--hard', base);
    const head = commit(root, change);
    expect(await planned(root, { base, head })).toEqual(expected);
  });
});

it("compares what is not committed yet, on a developer's machine", async () => {
  const root = temporaryRepository(files);
  expect(await planned(root)).toEqual({});
  git(root, 'switch', '--quiet', '--create', 'topic');
  commit(root, { 'web/src/index.js': '2' });
  const expected = { web: 'web/src/index.js changed (COPY src in line 2)' };
  expect(await planned(root)).toEqual(expected);
  git(root, 'reset', '--quiet', '--soft', 'main');
  expect(await planned(root)).toEqual(expected);
});

describe('takes from the event of GitHub', () => {
  const root = temporaryRepository(files);
  const first = git(root, 'rev-parse', 'HEAD');
  const second = commit(root, { 'web/src/index.js': '2' });
  const third = commit(root, { 'base/etc/motd': '3' });

  async function run(name: string, payload: object, head = third, more: Partial<PlanOptions> = {}) {
    git(root, 'checkout', '--quiet', '--detach', head);
    const env = githubEvent(name, payload);
    const { images, scope, event } = await makePlan({ root, env, ...more });
    return { event, scope, projects: images.map(({ project }) => project).join(' ') };
  }

  it.each<[string, () => ReturnType<typeof run>, string, string]>([
    ['a push', () => run('push', { before: second }), 'base api', 'named by the push event'],
    [
      'a push of two commits',
      () => run('push', { before: first }),
      'base web api',
      'named by the push event',
    ],
    ['a force push back', () => run('push', { before: third }, second), 'base api', 'pushed over'],
    [
      'a first push',
      () => run('push', { before: '0'.repeat(40) }),
      'base web api',
      'the first one of its branch',
    ],
    [
      'a base that is gone',
      () => run('push', { before: 'f'.repeat(40) }),
      'base web api',
      'not in this clone',
    ],
    ['the commit itself', () => run('push', { before: third }), 'base web api', 'names the commit itself'],
    ['no event file', () => run('push', {}), 'base web api', 'names no base'],
    ['a deleted branch', () => run('push', { before: second, deleted: true }), '', 'was deleted'],
    [
      'a merge group',
      () => run('merge_group', { merge_group: { base_sha: second } }),
      'base api',
      'merge group',
    ],
    [
      'a pull request',
      () => run('pull_request', { pull_request: { base: { sha: third }, head: { sha: second } } }, second),
      '',
      'where the branch began',
    ],
    [
      'a run by hand',
      () => run('workflow_dispatch', { inputs: { images: '' } }),
      'base web api',
      'has no base',
    ],
    [
      'chosen images',
      () => run('workflow_dispatch', { inputs: { images: 'web, api' } }),
      'web api',
      'images of api, web',
    ],
    [
      'a chosen task',
      () => run('workflow_dispatch', { inputs: { images: 'web:docker-build' } }),
      'web',
      'images of web',
    ],
    [
      '--base first',
      () => run('push', { before: first }, third, { base: second }),
      'base api',
      'named by --base',
    ],
    [
      'an empty --base',
      () => run('push', { before: first }, third, { base: '' }),
      'base web api',
      '--base names no base',
    ],
    [
      '--projects first',
      () => run('push', { before: first }, third, { projects: ['web'] }),
      'web',
      'images of web',
    ],
    [
      '--all first',
      () => run('push', { before: second }, third, { all: true }),
      'base web api',
      'as asked for',
    ],
  ])('%s', async (_, make, projects, scope) => {
    const plan = await make();
    expect(plan.projects).toBe(projects);
    expect(plan.scope).toContain(scope);
  });

  it('a pull request that is checked out as its merge', async () => {
    git(root, 'checkout', '--quiet', '--detach', first);
    const topic = commit(root, { 'web/src/index.js': 'topic' });
    const behind = git(root, 'rev-parse', 'HEAD~1');
    git(root, 'checkout', '--quiet', '--detach', commit(root, { 'api/src/server.js': 'main' }));
    git(root, 'checkout', '--quiet', '--detach', behind);
    const main = commit(root, { 'base/etc/motd': 'main' });
    git(root, 'merge', '--quiet', '--no-ff', '--message=Merge', topic);
    const payload = { pull_request: { base: { sha: first }, head: { sha: topic } } };
    const plan = await run('pull_request', payload, git(root, 'rev-parse', 'HEAD'));
    expect([plan.projects, plan.scope]).toEqual([
      'web',
      `images whose build inputs differ from ${main.slice(0, 12)} (what it would be merged into)`,
    ]);
  });

  it('says which chosen images are not there', async () => {
    await expect(run('workflow_dispatch', { inputs: { images: 'wbe,$(touch x)' } })).rejects.toThrow(
      /"wbe" is no project with an image \(NAME_UNKNOWN\)\n {2}Fix: write web/,
    );
  });

  it('fails where git does', async () => {
    await expect(makePlan({ root: temporaryWorkspace({ 'nx.json': nxJson() }), env: {} })).rejects.toThrow(
      'GIT_FAILED',
    );
    await expect(makePlan({ root, env: {}, head: 'nowhere' })).rejects.toThrow('GIT_FAILED');
  });
});

it('takes every image in a clone that does not have the base', async () => {
  const root = temporaryRepository(files);
  const before = git(root, 'rev-parse', 'HEAD');
  commit(root, { 'web/src/index.js': '2' });
  const clone = join(temporaryWorkspace({}), 'clone');
  git(root, 'clone', '--quiet', '--depth=1', `file://${root}`, clone);
  const plan = await makePlan({ root: clone, env: githubEvent('push', { before }) });
  expect(plan.images).toHaveLength(3);
  expect(plan.scope).toContain('is not in this shallow clone');
});

it('takes every image for new where the base has no plugin yet', async () => {
  const root = temporaryRepository({ ...files, 'nx.json': '{}' });
  commit(root, { 'nx.json': nxJson() });
  expect(await planned(root, { base: 'HEAD~1', head: 'HEAD' })).toEqual({
    base: 'new image',
    api: 'new image',
    web: 'new image',
  });
});

it('plans a workspace that is a folder of its repository', async () => {
  const outer = temporaryRepository(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`work space/${path}`, text])),
  );
  commit(outer, { 'work space/web/src/index.js': '2', 'web/src/index.js': '3' });
  const root = join(outer, 'work space');
  const expected = { web: 'web/src/index.js changed (COPY src in line 2)' };
  expect(await planned(root, { base: 'HEAD~1', head: 'HEAD' })).toEqual(expected);
  expect(await planned(root, { base: 'HEAD~1' })).toEqual(expected);
});

it('counts the commit of a submodule that is read', async () => {
  const inner = temporaryRepository({ 'src/a': '1' });
  const root = temporaryRepository({
    ...files,
    'web/Dockerfile': 'FROM scratch\nCOPY vendor/inner/src /src\n',
  });
  git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'web/vendor/inner');
  const base = commit(root);
  commit(inner, { 'src/a': '2' });
  git(join(root, 'web/vendor/inner'), 'pull', '--quiet');
  expect(await planned(root, { base })).toEqual({ web: 'web/vendor/inner changed' });
});

describe('counts what a target says in the files of its project', () => {
  it.each<[string, string, string]>([
    [
      'an own input',
      '{"inputs":["...","{workspaceRoot}/conf/**/*.json"]}',
      'conf/deep/a.json is new (an input of web:docker-build)',
    ],
    ['a named input', '{"inputs":["shared"]}', 'conf/deep/a.json is new (an input of web:docker-build)'],
  ])('%s', async (_, target, reason) => {
    const root = temporaryRepository({
      ...files,
      'nx.json': nxJson({}, { namedInputs: { shared: ['{workspaceRoot}/conf'] } }),
      'web/project.json': `{"name":"web","targets":{"docker-build":${target}}}`,
    });
    const base = git(root, 'rev-parse', 'HEAD');
    commit(root, { 'other/a.json': '', 'conf/deep/a.json': '' });
    expect(await planned(root, { base, head: 'HEAD' })).toEqual({ web: reason });
    expect(await planned(root, { base: 'HEAD', head: 'HEAD' })).toEqual({});
  });
});

describe('where images are published', () => {
  let server: FakeRegistry;
  let answer: (path: string) => number = () => 404;
  const digest = `sha256:${'d'.repeat(64)}`;
  beforeAll(async () => {
    server = await fakeRegistry(({ url = '' }, response) => {
      const headers = {
        'docker-content-digest': digest,
        'content-type': 'application/vnd.oci.image.index.v1+json',
      };
      const status = url.includes('/manifests/') ? answer(url) : 200;
      response.writeHead(status, status === 200 ? headers : {}).end();
    });
  });
  afterAll(() => server.close());

  async function published(name: string, payload: object, options: Partial<PlanOptions> = {}) {
    const registry = `${server.host}/acme`;
    const root = temporaryRepository({
      ...files,
      'nx.json': nxJson({ registry }),
      'api/Dockerfile': `FROM ${registry}/base\nCOPY api/src /src\n`,
    });
    return makePlan({ root, env: githubEvent(name, payload), publish: true, ...options });
  }

  it('takes those that the registry does not have', async () => {
    answer = (path) => (path.includes('/acme/web/') ? 200 : 404);
    const plan = await published('push', { before: '0'.repeat(40) });
    expect(plan).toMatchObject({ publish: true, base: null, event: 'push' });
    expect(plan.images.map(({ project, reason }) => [project, reason])).toEqual([
      ['base', 'not published'],
      ['api', 'not published'],
    ]);
    expect(plan.unchanged).toMatchObject([{ project: 'web', reason: 'published', publishedDigest: digest }]);
    expect(plan.waves.map((wave) => wave.map(({ id }) => id))).toEqual([['base'], ['api']]);
    const asked = plan.unchanged.map(
      (image) => `HEAD /v2/acme/web/manifests/inputs-${image.inputDigest.slice(7)}`,
    );
    expect(server.requests).toContain(asked[0]);
  });

  it('takes chosen images, with the bases that they need', async () => {
    answer = () => 404;
    const plan = await published('workflow_dispatch', { inputs: { images: 'api' } });
    expect(plan.images.map(({ project, reason }) => [project, reason])).toEqual([
      ['base', 'not published, and api:docker-build is built from it'],
      ['api', 'not published'],
    ]);
    expect(plan.unchanged).toMatchObject([{ project: 'web', reason: 'not asked for' }]);
  });

  it('takes what is published again if that is asked for', async () => {
    answer = () => 200;
    const count = async (inputs: object) => (await published('workflow_dispatch', { inputs })).images.length;
    expect(await count({ images: 'all' })).toBe(0);
    expect(await count({ images: 'api', force: true })).toBe(1);
    expect(await count({ images: '', force: 'true' })).toBe(3);
  });

  it('asks nothing for a pull request, and builds all in one wave', async () => {
    const before = server.requests.length;
    const plan = await published('pull_request', {});
    expect(plan).toMatchObject({ publish: false, event: 'pull-request' });
    expect(plan.waves.map((wave) => wave.map(({ id }) => id))).toEqual([['api', 'base', 'web']]);
    expect(server.requests.length).toBe(before);
  });

  it('fails where the registry does', async () => {
    answer = () => 403;
    await expect(published('push', {})).rejects.toThrow(/REGISTRY_DENIED|REGISTRY_FAILED/);
  });
});

describe('the input digest', () => {
  async function digests(change: Record<string, string>, env: NodeJS.ProcessEnv = {}) {
    const root = temporaryRepository({ ...files, ...change });
    const { images } = await makePlan({ root, env, all: true });
    return Object.fromEntries(images.map(({ project, inputDigest }) => [project, inputDigest]));
  }

  it('is the same in another clone and for what is not read, and passes from a base to what is built from it', async () => {
    const before = await digests({});
    expect(await digests({ 'README.md': 'new' })).toEqual(before);
    const after = await digests({ 'base/etc/motd': 'new' });
    expect(after.web).toBe(before.web);
    expect(after.base).not.toBe(before.base);
    expect(after.api).not.toBe(before.api);
  });

  it('counts a build argument that is taken from the environment', async () => {
    const change = { 'nx.json': nxJson({ buildArgs: { NODE_VERSION: null } }) };
    const [one, two] = [
      await digests(change, { NODE_VERSION: '1' }),
      await digests(change, { NODE_VERSION: '2' }),
    ];
    expect(one.api).not.toBe(two.api);
    expect(one.web).toBe(two.web);
  });
});

function githubEvent(name: string, payload: object): NodeJS.ProcessEnv {
  const path = join(temporaryWorkspace({ 'event.json': JSON.stringify(payload) }), 'event.json');
  return { GITHUB_EVENT_NAME: name, GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_PATH: path };
}
