import { executorContext } from '../../../testing/executor-context.js';
import { type FakeRegistry, fakeRegistry } from '../../../testing/fake-registry.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { formatPublishedRecord } from '../../core/build/published-record.js';
import { mediaTypes } from '../../core/registry/media-types.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { prepareBuild } from './prepare-build.js';
import { resolveBases } from './resolve-bases.js';
import { takeBases } from './take-bases.js';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const label = 'io.moltbook.docker.bases';
const buildx = { kind: 'buildx', file: 'docker', description: 'Docker with buildx' } as const;

let server: FakeRegistry;
beforeAll(async () => {
  server = await fakeRegistry(({ url }, response) => {
    if (url?.includes('/silent/')) response.writeHead(503).end();
    else
      response.writeHead(200, { 'content-type': mediaTypes.ociIndex, 'docker-content-digest': digest }).end();
  });
});
afterAll(() => server.close());

/** Resolves the bases of a Dockerfile in which `HOST` stands for the registry. */
async function resolve(
  dockerfile: string,
  options: Partial<BuildExecutorOptions> = {},
  labels: Readonly<Record<string, string>> = {},
) {
  const root = temporaryWorkspace({
    'api/project.json': '{"name":"api"}',
    'api/Dockerfile': dockerfile.replaceAll('HOST', server.host),
    'dist/docker/base.json': formatPublishedRecord({
      version: 1,
      project: 'base',
      target: 'docker-build',
      image: 'base',
      imageRef: 'base:local',
      imageId: other,
      tags: ['local'],
      bases: { base: 'base:local', 'docker.io/library/node:20': `docker.io/library/node:20@${other}` },
      platforms: [],
      duration: 1,
    }),
  });
  const all = { dockerfile: 'api/Dockerfile', buildContext: 'api', image: 'ghcr.io/acme/api', ...options };
  const prepared = await prepareBuild(all, executorContext(root));
  const request = { ...prepared.request, labels: { own: 'yes', ...labels } };
  const build = { ...prepared, request, requiredLabels: { own: 'yes' } };
  const resolved = await resolveBases(build, all, root);
  const { namedContexts = {} } = takeBases(resolved, buildx).request;
  const plain = (value: object): unknown => JSON.parse(JSON.stringify(value).replaceAll(server.host, 'HOST'));
  return {
    labels: plain(resolved.request.labels ?? {}),
    requiredLabels: plain(resolved.requiredLabels),
    namedContexts: plain(namedContexts),
  };
}

it('labels an image with the bases that it is built from, and takes them', async () => {
  expect(await resolve('FROM HOST/acme/node:20\nCOPY --from=HOST/acme/tools /x /\n')).toEqual({
    labels: {
      own: 'yes',
      [label]: `{"HOST/acme/node:20":"${digest}","HOST/acme/tools:latest":"${digest}"}`,
      'org.opencontainers.image.base.name': 'HOST/acme/node:20',
      'org.opencontainers.image.base.digest': digest,
    },
    requiredLabels: { own: 'yes' },
    namedContexts: {
      'HOST/acme/node:20': `docker-image://HOST/acme/node@${digest}`,
      'HOST/acme/tools': `docker-image://HOST/acme/tools@${digest}`,
    },
  });
});

it('keeps what somebody says about the base by hand', async () => {
  const labels = { 'org.opencontainers.image.base.name': 'mine' };
  expect((await resolve('FROM HOST/acme/node:20\n', {}, labels)).labels).toMatchObject(labels);
});

it.each([
  ['nothing from outside', 'FROM scratch\n'],
  ['a digest', `FROM HOST/acme/node@${digest}\n`],
])('says nothing of %s, and asks nobody', async (_, dockerfile) => {
  const before = server.requests.length;
  expect(await resolve(dockerfile, { refreshBases: true })).toEqual({
    labels: { own: 'yes' },
    requiredLabels: { own: 'yes' },
    namedContexts: {},
  });
  expect(server.requests).toHaveLength(before);
});

it('says nothing where one base cannot be asked, but for a notice', async () => {
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const resolved = await resolve('FROM HOST/acme/node:20\nCOPY --from=HOST/silent/x:1 /x /\n', {
    refreshBases: true,
  });
  const texts = told.mock.calls.map(([text]) => String(text));
  told.mockRestore();
  expect(resolved).toEqual({ labels: { own: 'yes' }, requiredLabels: { own: 'yes' }, namedContexts: {} });
  expect(texts.filter((text) => text.includes('silent/x:1'))).toEqual([
    expect.stringContaining('answered 503'),
  ]);
});

it('with refreshBases takes no image that was built from others, nor one whose base was', async () => {
  const bases = { base: { image: 'base', record: 'dist/docker/base.json' } };
  const dockerfile = 'FROM base\nCOPY --from=HOST/acme/tools /x /\n';
  const text = `{"HOST/acme/tools:latest":"${digest}","docker.io/library/node:20":"${other}"}`;
  expect(await resolve(dockerfile, { bases, refreshBases: true })).toEqual({
    labels: { own: 'yes', [label]: text },
    requiredLabels: { own: 'yes', [label]: text },
    namedContexts: {
      base: 'docker-image://base:local',
      'HOST/acme/tools': `docker-image://HOST/acme/tools@${digest}`,
    },
  });
  const pushed = await resolve(dockerfile, { bases });
  expect(pushed.labels).toMatchObject({ [label]: text });
  expect(pushed.requiredLabels).toEqual({ own: 'yes' });
});
