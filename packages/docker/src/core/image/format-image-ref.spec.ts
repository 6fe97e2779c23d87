import { familiarImageRef, formatImageName, formatImageRef, resolveImageRef } from './format-image-ref.js';
import type { ImageRef } from './parse-image-ref.js';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each<[ImageRef, string, string, string]>([
  [{ domain: 'docker.io', path: 'library/node' }, 'docker.io/library/node', 'docker.io/library/node', 'node'],
  [{ domain: 'docker.io', path: 'a/b', tag: '1' }, 'docker.io/a/b', 'docker.io/a/b:1', 'a/b:1'],
  [
    { domain: 'docker.io', path: 'library/a/b' },
    'docker.io/library/a/b',
    'docker.io/library/a/b',
    'library/a/b',
  ],
  [
    { domain: 'ghcr.io', path: 'library/a', tag: 'x', digest },
    'ghcr.io/library/a',
    `ghcr.io/library/a:x@${digest}`,
    `ghcr.io/library/a:x@${digest}`,
  ],
  [{ domain: '', path: 'node', tag: '20' }, 'node', 'node:20', 'node:20'],
  [{ domain: '', path: '', digest }, '', digest, digest],
])('%j has the name %s, is %s in full and %s for people', (ref, name, full, familiar) => {
  expect([formatImageName(ref), formatImageRef(ref), familiarImageRef(ref)]).toEqual([name, full, familiar]);
});

test.each<[ImageRef, ImageRef]>([
  [
    { domain: 'd', path: 'p' },
    { domain: 'd', path: 'p', tag: 'latest' },
  ],
  [
    { domain: 'd', path: 'p', tag: '1' },
    { domain: 'd', path: 'p', tag: '1' },
  ],
  [
    { domain: 'd', path: 'p', tag: '1', digest },
    { domain: 'd', path: 'p', digest },
  ],
])('%j is pulled as %j', (ref, resolved) => {
  expect(resolveImageRef(ref)).toEqual(resolved);
});
