import { createHash } from 'node:crypto';
import { mediaTypes } from './media-types.js';
import { mergePlatforms, type PlatformManifest, platformsOf } from './merge-platforms.js';

const size = 3;

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function manifest(platform: string | null, mediaType: string = mediaTypes.ociManifest): PlatformManifest {
  const text = `{"${platform}":1}`;
  return { platform, mediaType, digest: digestOf(text), bytes: Buffer.from(text) };
}

/** What buildx pushes with provenance: the manifest and its attestation. */
function attested(architecture: string): PlatformManifest {
  const image = digestOf(architecture);
  const text = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaTypes.ociIndex,
    manifests: [
      { mediaType: mediaTypes.ociManifest, digest: image, size, platform: { architecture, os: 'linux' } },
      {
        mediaType: mediaTypes.ociManifest,
        digest: digestOf(`attestation of ${architecture}`),
        size,
        annotations: {
          'vnd.docker.reference.digest': image,
          'vnd.docker.reference.type': 'attestation-manifest',
        },
        platform: { architecture: 'unknown', os: 'unknown' },
      },
    ],
  });
  return {
    platform: `linux/${architecture}`,
    mediaType: mediaTypes.ociIndex,
    digest: digestOf(text),
    bytes: Buffer.from(text),
  };
}

function read(parts: readonly PlatformManifest[]) {
  return JSON.parse(Buffer.from(mergePlatforms(parts).bytes).toString());
}

it.each([[manifest(null)], [attested('amd64')]])('leaves one platform as it was pushed', (part) => {
  const { platform: _, ...rest } = part;
  expect(mergePlatforms([part])).toEqual(rest);
});

it('annotates the index that it makes, which then is none of Docker', () => {
  const parts = ['linux/amd64', 'linux/arm64'].map((each) => manifest(each, mediaTypes.dockerManifest));
  const merged = mergePlatforms(parts, { 'org.example': 'a' });
  expect(merged.mediaType).toBe(mediaTypes.ociIndex);
  expect(JSON.parse(Buffer.from(merged.bytes).toString())).toMatchObject({
    mediaType: mediaTypes.ociIndex,
    annotations: { 'org.example': 'a' },
  });
  expect(mergePlatforms([manifest(null)], { 'org.example': 'a' })).toEqual(mergePlatforms([manifest(null)]));
});

it('merges manifests, with the platforms that they were built for', () => {
  const parts = [manifest('linux/amd64'), manifest('linux/arm64/v8'), manifest('linux/arm/v7')];
  expect(read(parts)).toEqual({
    schemaVersion: 2,
    mediaType: mediaTypes.ociIndex,
    manifests: [
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'arm64', os: 'linux' },
      { architecture: 'arm', os: 'linux', variant: 'v7' },
    ].map((platform, index) => ({
      mediaType: mediaTypes.ociManifest,
      digest: parts[index]?.digest,
      size: parts[index]?.bytes.length,
      platform,
    })),
  });
});

it('keeps attestations beside the manifests that they are of', () => {
  const { manifests } = read([attested('amd64'), attested('arm64')]);
  expect(manifests.map((each: { platform: { architecture: string } }) => each.platform.architecture)).toEqual(
    ['amd64', 'unknown', 'arm64', 'unknown'],
  );
  expect(manifests[3].annotations['vnd.docker.reference.digest']).toBe(manifests[2].digest);
});

it.each([
  ['Docker manifests', [mediaTypes.dockerManifest, mediaTypes.dockerManifest], mediaTypes.dockerList],
  ['both', [mediaTypes.dockerManifest, mediaTypes.ociManifest], mediaTypes.ociIndex],
  ['OCI manifests', [mediaTypes.ociManifest, mediaTypes.ociManifest], mediaTypes.ociIndex],
])('merges %s', (_, types, mediaType) => {
  const merged = mergePlatforms(
    types.map((type, index) => manifest(`linux/${['amd64', 'arm64'][index]}`, type)),
  );
  expect(merged.mediaType).toBe(mediaType);
  expect(merged.digest).toBe(digestOf(Buffer.from(merged.bytes).toString()));
});

it('gives the same bytes for the same parts', () => {
  const parts = [attested('amd64'), attested('arm64')];
  expect(mergePlatforms(parts)).toEqual(mergePlatforms(structuredClone(parts)));
});

it('holds a part once that two platforms have in common', () => {
  expect(read([manifest('linux/amd64'), manifest('linux/amd64')]).manifests).toHaveLength(1);
});

it('knows the platforms of an index', () => {
  expect(platformsOf(mergePlatforms([attested('amd64'), attested('arm64')]))).toEqual([
    'linux/amd64',
    'linux/arm64',
  ]);
  expect(platformsOf(mergePlatforms([manifest(null)]))).toEqual([]);
});

it('does not take for an index what is none', () => {
  const broken = { ...attested('amd64'), bytes: Buffer.from('{}') };
  expect(() => mergePlatforms([broken, attested('arm64')])).toThrow('is no index');
});
