import { createHash } from 'node:crypto';
import { type FakeRegistry, fakeRegistry } from '../../../testing/fake-registry.js';
import { mediaTypes } from '../../core/registry/media-types.js';
import { findSameImages } from './find-same-images.js';

const config = `sha256:${'c'.repeat(64)}`;
const manifest = JSON.stringify({ config: { digest: config, size: 1 }, layers: [] });
const attestation = {
  digest: `sha256:${'e'.repeat(64)}`,
  platform: { os: 'unknown', architecture: 'unknown' },
};
const index = JSON.stringify({
  manifests: [{ digest: digestOf(manifest), platform: { os: 'linux', architecture: 'arm64' } }, attestation],
});
const held = new Map([
  [digestOf(manifest), { text: manifest, type: mediaTypes.ociManifest }],
  [digestOf(index), { text: index, type: mediaTypes.ociIndex }],
]);

let registry: FakeRegistry;
beforeAll(async () => {
  registry = await fakeRegistry(({ url = '' }, response) => {
    const found = held.get(decodeURIComponent(url).replace(/^.*\/manifests\//, ''));
    if (url.includes('private')) response.writeHead(403).end();
    else if (found) response.writeHead(200, { 'content-type': found.type }).end(found.text);
    else response.writeHead(404).end();
  });
});
afterAll(() => registry.close());

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function find(digest: string, path = 'acme/api') {
  const repository = `${registry.host}/${path}`;
  return findSameImages([{ repository, reference: repository, digest, tags: [] }]);
}

it('takes the platforms of an index and their configurations for the same image', async () => {
  expect(await find(digestOf(index))).toEqual(
    new Map([[digestOf(index), new Set([digestOf(manifest), config])]]),
  );
});

it('takes the configuration of a manifest for the same image', async () => {
  expect(await find(digestOf(manifest))).toEqual(new Map([[digestOf(manifest), new Set([config])]]));
});

it('knows nothing of an image that is gone', async () => {
  expect([...(await find(attestation.digest)).values()]).toEqual([new Set()]);
});

it('says why it does not know', async () => {
  const [answer] = (await find(config, 'private/api')).values();
  expect(answer).toEqual({ reason: expect.stringContaining('gives no permission to pull from private/api') });
});
