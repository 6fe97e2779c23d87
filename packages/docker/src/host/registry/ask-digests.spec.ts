import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeRegistry, fakeRegistry } from '../../../testing/fake-registry.js';
import { mediaTypes } from '../../core/registry/media-types.js';
import { askDigests } from './ask-digests.js';

const digest = `sha256:${'a'.repeat(64)}`;

type Answer = Parameters<typeof fakeRegistry>[0];

/** A stand-in of its own for each test: what was asked once is known in the whole process. */
const servers: FakeRegistry[] = [];
async function start(answer: Answer): Promise<FakeRegistry> {
  const server = await fakeRegistry(answer);
  servers.push(server);
  return server;
}

beforeAll(() => {
  process.env.DOCKER_CONFIG = mkdtempSync(join(tmpdir(), 'ask-digests-'));
  delete process.env.DOCKER_AUTH_CONFIG;
});
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const isThere: Answer = (_, response) =>
  response.writeHead(200, { 'content-type': mediaTypes.ociIndex, 'docker-content-digest': digest }).end();

it('asks for the headers alone, and for each image once', async () => {
  const { host, requests } = await start(isThere);
  const ref = `${host}/acme/base:1`;
  const twice = await Promise.all([askDigests([ref]), askDigests([ref, `${host}/acme/other`])]);
  expect(twice.map((answers) => Object.fromEntries(answers))).toEqual([
    { [ref]: { digest } },
    { [ref]: { digest }, [`${host}/acme/other`]: { digest } },
  ]);
  expect(await askDigests([ref])).toEqual(new Map([[ref, { digest }]]));
  expect(requests.sort()).toEqual(['HEAD /v2/acme/base/manifests/1', 'HEAD /v2/acme/other/manifests/latest']);
});

it.each<[string, RegExp, Answer]>([
  ['has no such image', /has no such image/, (_, response) => response.writeHead(404).end()],
  ['is busy', /answered 429/, (_, response) => response.writeHead(429, { 'retry-after': '60' }).end()],
  ['is broken', /answered 500/, (_, response) => response.writeHead(500).end('oops')],
  ['refuses', /no permission to pull/, (_, response) => response.writeHead(401).end()],
  ['hangs up', /does not answer/, (request) => request.socket.destroy()],
  ['answers with something else', /not the manifest/, (_, response) => response.end('<html>')],
  [
    'names no right digest',
    /not the manifest/,
    (_, response) =>
      response
        .writeHead(200, { 'content-type': mediaTypes.ociIndex, 'docker-content-digest': 'sha256:x' })
        .end('{}'),
  ],
])('knows nothing where a registry %s, and does not ask again', async (_, expected, answer) => {
  const { host, requests } = await start(answer);
  const ref = `${host}/acme/base:1`;
  const found = (await askDigests([ref])).get(ref);
  expect(found).toEqual({ failure: expect.stringMatching(expected) });
  expect((found as { failure: string }).failure).not.toContain('\n');
  expect(requests.filter((request) => request.startsWith('HEAD'))).toHaveLength(1);
});

it('waits no longer than it may, however slowly a registry and its tokens come', async () => {
  const { host } = await start(({ headers }, response) => {
    const realm = `Bearer realm="http://${headers.host}/token"`;
    setTimeout(() => response.writeHead(401, { 'www-authenticate': realm }).end(), 150);
  });
  const refs = ['a', 'b', 'c'].map((name) => `${host}/acme/${name}:1`);
  const start_ = Date.now();
  const answers = await askDigests(refs, 200);
  expect(Date.now() - start_).toBeLessThan(1000);
  expect([...answers.values()]).toEqual(
    refs.map(() => ({ failure: 'its registry does not answer in time' })),
  );
});

it('takes no text for an image', async () => {
  expect((await askDigests(['$(touch MARK)'])).get('$(touch MARK)')).toHaveProperty('failure');
});
