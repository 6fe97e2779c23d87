import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type FakeRegistry, fakeRegistry } from '../../../testing/fake-registry.js';
import { temporaryRepository } from '../../../testing/temporary-repository.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { mediaTypes } from '../../core/registry/media-types.js';
import { makePlan } from './plan.js';
import type { PlanOptions } from './plan-situation.js';

type Labels = Record<string, string>;
/** What is published, by the name of its image: the labels, or those of each platform, or nothing at all. */
let published: Record<string, Labels | Labels[] | undefined>;
/** Digests of external base images; one that is not here cannot be asked. */
let bases: Record<string, string>;
let server: FakeRegistry;
const blobs = new Map<string, string>();
const [one, two] = ['1', '2'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];

beforeAll(async () => {
  server = await fakeRegistry(({ url = '' }, response) => {
    const [, name = '', , reference = ''] =
      /^\/v2\/\w+\/([\w/]+)\/(manifests|blobs)\/(.+)$/.exec(decodeURIComponent(url)) ?? [];
    const labels = published[name];
    const text =
      blobs.get(reference) ?? (Array.isArray(labels) ? indexOf(labels) : labels && manifestWith(labels));
    const type = text?.startsWith('{"manifests"') ? mediaTypes.ociIndex : mediaTypes.ociManifest;
    const digest = url.startsWith('/v2/external/') ? bases[name] : text && digestOf(text);
    if (digest === undefined) response.writeHead(url.startsWith('/v2/external/') ? 503 : 404).end();
    else response.writeHead(200, { 'content-type': type, 'docker-content-digest': digest }).end(text);
  });
});
afterAll(() => server.close());

function indexOf(platforms: readonly Labels[]): string {
  return JSON.stringify({
    manifests: platforms.map((labels) => ({ digest: hold(manifestWith(labels)) })),
  });
}

function manifestWith(Labels: Labels): string {
  const config = hold(JSON.stringify({ os: 'linux', architecture: 'amd64', config: { Labels } }));
  return JSON.stringify({ config: { digest: config }, layers: [] });
}

function hold(text: string): string {
  blobs.set(digestOf(text), text);
  return digestOf(text);
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Each test asks about images of its own: what was asked once is known in the whole process. */
let test = 0;
let external = '';
beforeEach(() => {
  external = `${server.host}/external/t${++test}`;
  bases = { [`t${test}/node`]: two, [`t${test}/alpine`]: one };
  published = {
    base: labelled({ node: one }),
    api: labelled({ node: one }),
    web: labelled({ alpine: one }),
    plain: {},
  };
});

function labelled(digests: Record<string, string>): Labels {
  const entries = Object.entries(digests).map(([name, digest]) => [`${external}/${name}:1`, digest]);
  return { 'io.moltbook.docker.bases': JSON.stringify(Object.fromEntries(entries)) };
}

async function plan(event: string, options: Partial<PlanOptions> = {}, payload: object = {}) {
  const registry = `${server.host}/acme`;
  const root = temporaryRepository({
    'nx.json': JSON.stringify({ plugins: [{ plugin: '@moltbook/docker/plugin', options: { registry } }] }),
    'base/project.json': '{"name":"base"}',
    'base/Dockerfile': `FROM ${external}/node:1\n`,
    'api/project.json': '{"name":"api"}',
    'api/Dockerfile': `FROM ${registry}/base\n`,
    'web/project.json': '{"name":"web"}',
    'web/Dockerfile': `FROM scratch\nCOPY --from=${external}/alpine:1 /x /\n`,
    'plain/project.json': '{"name":"plain"}',
    'plain/Dockerfile': 'FROM scratch\n',
  });
  const path = join(temporaryWorkspace({ 'event.json': JSON.stringify(payload) }), 'event.json');
  const env = { GITHUB_EVENT_NAME: event, GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_PATH: path };
  return makePlan({ root, env, publish: true, ...options });
}

async function reasons(event: string, options: Partial<PlanOptions> = {}, payload: object = {}) {
  const { images } = await plan(event, options, payload);
  return Object.fromEntries(images.map(({ project, reason }) => [project, reason.replaceAll(external, 'E')]));
}

const moved = 'E/node:1 moved from sha256:111111111111 to sha256:222222222222';

it('takes on schedule exactly what is built from a base that moved', async () => {
  const { images, unchanged, waves, scope } = await plan('schedule');
  expect(images.map(({ project, publishedDigest }) => [project, publishedDigest !== undefined])).toEqual([
    ['base', true],
    ['api', true],
  ]);
  expect(images.map(({ reason }) => reason.replaceAll(external, 'E'))).toEqual([
    moved,
    `base image base is built anew: ${moved}`,
  ]);
  expect(unchanged.map(({ project, reason }) => [project, reason])).toEqual([
    ['plain', 'published'],
    ['web', 'published'],
  ]);
  expect(waves).toHaveLength(2);
  expect(scope).toMatch(/or whose base images moved$/);
});

it('takes nothing while nothing moved', async () => {
  bases[`t${test}/node`] = one;
  expect(await reasons('schedule')).toEqual({});
});

it('asks no base image on other events, unless it is told to', async () => {
  expect(await reasons('push', {}, { before: '0'.repeat(40) })).toEqual({});
  const asked = () => server.requests.filter((request) => request.includes(`/t${test}/`)).length;
  expect(asked()).toBe(0);
  expect(Object.keys(await reasons('workflow_dispatch', { refreshBases: true }))).toEqual(['base', 'api']);
  expect(asked()).toBe(2);
});

it('takes what is built from a chosen image, and asks about no other', async () => {
  published.web = {};
  expect(await reasons('workflow_dispatch', { refreshBases: true, projects: ['base'] })).toEqual({
    base: moved,
    api: `base image base is built anew: ${moved}`,
  });
});

it('takes an image that was not built again after its base was', async () => {
  published.base = labelled({ node: two });
  expect(await reasons('schedule')).toEqual({ api: moved });
});

it('takes an image of which one platform was built before its base moved', async () => {
  published.base = [labelled({ node: two }), labelled({ node: one })];
  published.api = [labelled({ node: two }), labelled({ node: two })];
  expect(Object.keys(await reasons('schedule'))).toEqual(['base', 'api']);
});

it('takes an image once that does not say what it was built from', async () => {
  published.web = { 'io.moltbook.docker.bases': 'garbage' };
  published.base = labelled({ node: two });
  published.api = labelled({ node: two });
  expect(await reasons('schedule')).toEqual({
    web: 'the image does not say which E/alpine:1 it was built from',
  });
});

it('keeps an image whose base cannot be asked, and says so', async () => {
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  bases = { [`t${test}/node`]: one };
  published.web = {};
  const { images, unchanged } = await plan('schedule');
  const texts = told.mock.calls.map(([text]) => String(text));
  told.mockRestore();
  expect(images).toEqual([]);
  expect(unchanged.at(-1)?.reason).toBe(
    `published, but nobody could say which ${external}/alpine:1 there is now`,
  );
  expect(texts.join('')).toMatch(/alpine:1 there is now: .* answered 503/);
});

it('keeps an image whose labels cannot be read', async () => {
  blobs.set(digestOf(manifestWith(labelled({ node: one }))), '');
  const { images, unchanged } = await plan('schedule');
  blobs.clear();
  expect(images).toEqual([]);
  expect(unchanged[1]?.reason).toBe('published, but its labels cannot be read');
});

it('takes what is not published as always', async () => {
  published.api = undefined;
  published.web = undefined;
  expect(await reasons('schedule')).toEqual({ base: moved, api: 'not published', web: 'not published' });
});

it('refuses to be asked where nothing is published', async () => {
  const root = temporaryRepository({
    'nx.json': JSON.stringify({ plugins: ['@moltbook/docker/plugin'] }),
  });
  await expect(makePlan({ root, env: {}, publish: true, refreshBases: true })).rejects.toThrow(
    'no CI publishes here (OPTIONS_INVALID)',
  );
});
