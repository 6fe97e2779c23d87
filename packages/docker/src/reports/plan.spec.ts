import { commit, git, temporaryRepository } from '../../testing/temporary-repository.js';
import { makePlan, type PlanOptions } from './plan.js';

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
  expect(await planned(root)).toEqual({ web: 'web/src/index.js changed (COPY src in line 2)' });
  git(root, 'reset', '--quiet', '--soft', 'main');
  expect(await planned(root)).toEqual({ web: 'web/src/index.js changed (COPY src in line 2)' });
});
