import type { ImageUse } from './evaluation.js';
import { linkImages } from './link-images.js';

function image(id: string, name: string, ...refs: string[]) {
  return { id, image: name, uses: refs.map(use) };
}

function use(imageRef: string, index = 0): ImageUse {
  return {
    imageRef,
    text: imageRef,
    how: 'FROM',
    place: { file: 'a/Dockerfile', line: index + 1, column: 1 },
  };
}

function arrows(...images: ReturnType<typeof image>[]): string[] {
  return linkImages(images).edges.map(({ from, to }) => `${from} -> ${to}`);
}

describe('linkImages', () => {
  it.each([
    ['ghcr.io/acme/base', 'ghcr.io/acme/base:latest'],
    ['ghcr.io/acme/base', 'ghcr.io/acme/base:1.2'],
    ['acme/base', 'docker.io/acme/base:latest'],
    ['base', 'docker.io/library/base:latest'],
    ['base', 'docker.io/library/base:local'],
    ['localhost:5000/base', 'localhost:5000/base'],
  ])('links a use of %s as %s', (name, ref) => {
    expect(arrows(image('app', 'app', ref), image('base', name))).toEqual(['app -> base']);
  });

  it.each([
    ['another repository', 'ghcr.io/acme/base', 'ghcr.io/acme/base2:latest'],
    ['another registry', 'ghcr.io/acme/base', 'docker.io/acme/base:latest'],
    ['a digest', 'ghcr.io/acme/base', `ghcr.io/acme/base@sha256:${'a'.repeat(64)}`],
    ['a version of a name that is on Docker Hub', 'redis', 'docker.io/library/redis:7'],
    ['a text that is no reference', 'ghcr.io/acme/base', '???'],
  ])('does not link %s', (_, name, ref) => {
    expect(arrows(image('app', 'app', ref), image('base', name))).toEqual([]);
  });

  it('does not link an image with itself', () => {
    expect(arrows(image('redis', 'acme/redis', 'docker.io/acme/redis:7'))).toEqual([]);
  });

  it('makes one edge of several uses and keeps them all', () => {
    const { edges } = linkImages([
      image('app', 'app', 'acme/base:1', 'acme/base:2'),
      image('base', 'acme/base'),
    ]);
    expect(edges).toMatchObject([
      { from: 'app', to: 'base', uses: [{ text: 'acme/base:1' }, { text: 'acme/base:2' }] },
    ]);
  });

  it('breaks a circle and says which', () => {
    const { edges, problems } = linkImages([
      image('a', 'x/a', 'x/b'),
      image('b', 'x/b', 'x/c'),
      image('c', 'x/c', 'x/a'),
    ]);
    expect(edges.map(({ from, to }) => `${from}${to}`)).toEqual(['ab', 'bc']);
    expect(problems.get('c')).toMatchObject([
      { code: 'IMAGE_CYCLE', message: expect.stringContaining('c -> a -> b -> c'), place: { line: 1 } },
    ]);
  });
});
