import { imageParts, parseConfig } from './image-parts.js';
import { mediaTypes } from './media-types.js';

function parts(value: unknown, mediaType: string = mediaTypes.ociManifest) {
  return imageParts({ digest: '', mediaType, bytes: Buffer.from(JSON.stringify(value)) });
}

it('counts the bytes of a manifest once', () => {
  const layer = { digest: 'sha256:b', size: 20 };
  expect(parts({ config: { digest: 'sha256:a', size: 3 }, layers: [layer, layer] })).toEqual({
    config: 'sha256:a',
    size: 23,
  });
});

it('lists the images of an index, but no attestations', () => {
  const manifests = [
    { digest: 'sha256:a', platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
    { digest: 'sha256:b', platform: { os: 'unknown', architecture: 'unknown' } },
    { digest: 'sha256:c' },
  ];
  expect(parts({ manifests }, mediaTypes.ociIndex)).toEqual({
    index: [
      { digest: 'sha256:a', platform: 'linux/arm64' },
      { digest: 'sha256:c', platform: '' },
    ],
  });
});

it.each([
  [{}, mediaTypes.ociManifest],
  [{ config: {}, layers: [] }, mediaTypes.ociManifest],
  [[], mediaTypes.ociIndex],
  [null, mediaTypes.ociIndex],
])('knows nothing of %j', (value, mediaType) => expect(parts(value, mediaType)).toBeUndefined());

it('reads platform and labels of a configuration', () => {
  const config = { os: 'linux', architecture: 'amd64', config: { Labels: { a: 'b', c: 1 } } };
  expect(parseConfig(Buffer.from(JSON.stringify(config)))).toEqual({
    platform: 'linux/amd64',
    labels: { a: 'b' },
  });
  expect(parseConfig(Buffer.from('garbage'))).toEqual({ platform: '', labels: {} });
});
