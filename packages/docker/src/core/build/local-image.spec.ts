import { parseLocalImages } from './local-image.js';

const id = `sha256:${'1'.repeat(64)}`;

describe('parseLocalImages', () => {
  it('reads an image of Docker with its classic store', () => {
    const image = {
      Id: id,
      RepoTags: ['ghcr.io/acme/api:local'],
      Os: 'linux',
      Architecture: 'arm64',
      Variant: 'v8',
      Size: 7,
      Config: { Labels: { a: 'b' } },
    };
    expect(parseLocalImages(JSON.stringify([image]))).toEqual([
      { id, names: ['ghcr.io/acme/api:local'], labels: { a: 'b' }, platform: 'linux/arm64', size: 7 },
    ]);
  });

  it.each([{ Descriptor: { digest: id } }, { RepoDigests: [`ghcr.io/acme/api@${id}`] }])(
    'knows the digest where the store is that of containerd, by %j',
    (store) => {
      const image = { Id: id, Os: 'linux', Architecture: 'amd64', ...store, Config: null };
      expect(parseLocalImages(JSON.stringify([image]))).toEqual([
        { id, names: [], labels: {}, platform: 'linux/amd64', digest: id },
      ]);
    },
  );

  it('knows none where a classic store knows that of a registry', () => {
    const image = { Id: id, RepoDigests: [`ghcr.io/acme/api@sha256:${'2'.repeat(64)}`] };
    expect(parseLocalImages(JSON.stringify([image]))[0]).not.toHaveProperty('digest');
  });

  it('reads ids of Podman, which have no algorithm', () => {
    expect(parseLocalImages(JSON.stringify([{ Id: '1'.repeat(64) }]))[0]?.id).toBe(id);
  });

  it('reads an image of Buildah', () => {
    const image = {
      FromImage: 'ghcr.io/acme/api:local',
      FromImageID: '1'.repeat(64),
      OCIv1: { os: 'linux', architecture: 'arm', variant: 'v7', config: { Labels: { a: 'b' } } },
    };
    expect(parseLocalImages(JSON.stringify(image))).toEqual([
      { id, names: ['ghcr.io/acme/api:local'], labels: { a: 'b' }, platform: 'linux/arm/v7' },
    ]);
  });

  it.each(['', 'no such image', '[]', '[null, 3]', '[{}]', '{"Id":"x"}'])('finds none in %j', (text) => {
    expect(parseLocalImages(text)).toEqual([]);
  });
});
