import { createHash } from 'node:crypto';
import { type FakeRegistry, fakeRegistry } from '../../../testing/fake-registry.js';
import { mediaTypes } from '../../core/registry/media-types.js';
import { openRegistry } from './open-registry.js';
import { readLabels } from './read-labels.js';

const { ociManifest, ociIndex } = mediaTypes;
/** What the stand-in holds: media type and text, by digest or tag. */
let held: Map<string, readonly [type: string, text: string]>;
let server: FakeRegistry;

beforeAll(async () => {
  server = await fakeRegistry(({ url = '' }, response) => {
    const [type, text] = held.get(decodeURIComponent(url).split('/').at(-1) ?? '') ?? [];
    if (type === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': type }).end(text);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  held = new Map();
});

function read(reference: string) {
  const impatient = { attempts: 1, firstDelay: 1, timeout: 2000 };
  return readLabels(openRegistry(`${server.host}/acme/api`, impatient), reference);
}

/** Returns the digest. */
function hold(type: string, content: unknown): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  held.set(digest, [type, text]);
  return digest;
}

function holdImage(labels: unknown, layers: unknown = []): string {
  const config = hold('', { os: 'linux', architecture: 'amd64', config: { Labels: labels } });
  return hold(ociManifest, { config: { digest: config }, layers });
}

it('reads those of an image, by a tag as well', async () => {
  const digest = holdImage({ a: 'b', number: 1 });
  expect(await read(digest)).toEqual([{ a: 'b' }]);
  held.set('inputs-1', held.get(digest) ?? ['', '']);
  expect(await read('inputs-1')).toEqual([{ a: 'b' }]);
});

it('reads those of all images of an index, and of no attestation', async () => {
  const attestation = {
    digest: holdImage({ a: 'no' }),
    platform: { os: 'unknown', architecture: 'unknown' },
  };
  const platform = { os: 'linux', architecture: 'amd64' };
  const images = ['first', 'second'].map((a) => ({ digest: holdImage({ a }), platform }));
  expect(await read(hold(ociIndex, { manifests: [attestation, ...images] }))).toEqual([
    { a: 'first' },
    { a: 'second' },
  ]);
});

it('reads them whatever the layers are', async () => {
  expect(await read(holdImage({ a: 'b' }, [null, 1, {}]))).toEqual([{ a: 'b' }]);
});

it.each([undefined, null, [], {}])('reads none out of %j', async (labels) => {
  expect(await read(holdImage(labels))).toEqual([{}]);
});

it.each<[string, () => string]>([
  ['nothing', () => `sha256:${'0'.repeat(64)}`],
  ['garbage', () => hold(ociManifest, '<html>')],
  ['a page', () => hold('text/html', '{}')],
  ['another manifest than the digest says', () => swap(holdImage({}), [ociManifest, '{}'])],
  ['a manifest of null', () => hold(ociManifest, 'null')],
  ['an index of null', () => hold(ociIndex, { manifests: [null] })],
  [
    'an index of which one image is not there',
    () =>
      hold(ociIndex, {
        manifests: [{ digest: holdImage({}) }, { digest: `sha256:${'0'.repeat(64)}` }],
      }),
  ],
  ['an index of nothing', () => hold(ociIndex, { manifests: [] })],
  [
    'an index of indices',
    () => hold(ociIndex, { manifests: [{ digest: hold(ociIndex, { manifests: [] }) }] }),
  ],
  ['an index of paths', () => hold(ociIndex, { manifests: [{ digest: '../../../v2/' }] })],
  ['a manifest of many megabytes', () => hold(ociManifest, ' '.repeat(5_000_000))],
  [
    'no configuration',
    () => hold(ociManifest, { config: { digest: `sha256:${'0'.repeat(64)}` }, layers: [] }),
  ],
  ['another configuration', () => hold(ociManifest, { config: { digest: hold('', '{"a":1}') }, layers: [] })],
  [
    'a configuration of many megabytes',
    () => hold(ociManifest, { config: { digest: hold('', ' '.repeat(5_000_000)) }, layers: [] }),
  ],
])('knows nothing of %s', async (_, makeImage) => {
  expect(await read(makeImage())).toBeUndefined();
});

function swap(digest: string, other: readonly [string, string]): string {
  held.set(digest, other);
  return digest;
}
