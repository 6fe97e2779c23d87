import { type BaseFacts, compareBases } from './compare-bases.js';

const node = 'docker.io/library/node:20';
const base = 'ghcr.io/acme/base:1';
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const old = new Map([
  [node, digest('a')],
  [base, digest('b')],
]);

function compare(facts: Partial<BaseFacts>) {
  return compareBases({ imageRefs: [node, base], hasUnknown: false, recorded: old, current: old, ...facts });
}

it('is the same while nothing moves', () => {
  expect(compare({})).toEqual({ is: 'same' });
  expect(compare({ imageRefs: [], recorded: new Map() })).toEqual({ is: 'same' });
});

it('knows nothing of what the image is not built from any more', () => {
  expect(compare({ imageRefs: [base], current: new Map(old).set(node, digest('c')) })).toEqual({
    is: 'same',
  });
});

it.each<[string, string, string, Partial<BaseFacts>]>([
  [
    'one that moved',
    'moved',
    'node:20 moved from sha256:aaaaaaaaaaaa to sha256:cccccccccccc',
    { current: new Map(old).set(node, digest('c')) },
  ],
  [
    'all that moved',
    'moved',
    'node:20 moved from sha256:aaaaaaaaaaaa to sha256:cccccccccccc and 1 more',
    { current: new Map([node, base].map((ref) => [ref, digest('c')])) },
  ],
  [
    'one that moved, although another is not known',
    'moved',
    'node:20 moved from sha256:aaaaaaaaaaaa to sha256:cccccccccccc',
    { current: new Map([[node, digest('c')]]), hasUnknown: true },
  ],
  [
    'one that cannot be asked',
    'unknown',
    'nobody could say which ghcr.io/acme/base:1 there is now',
    { current: new Map([[node, digest('a')]]) },
  ],
  [
    'an image that does not say',
    'unrecorded',
    'the image does not say which node:20 and 1 more it was built from',
    { recorded: new Map() },
  ],
  [
    'an image that does not say all',
    'unrecorded',
    'the image does not say which ghcr.io/acme/base:1 it was built from',
    { recorded: new Map([[node, digest('a')]]) },
  ],
  // Built anew it could not say more.
  [
    'an image that does not say, of what cannot be asked',
    'unknown',
    'nobody could say which node:20 there is now',
    { recorded: new Map(), current: new Map([[base, digest('b')]]) },
  ],
  [
    'what only the build knows',
    'unknown',
    'only the build knows what a FROM names',
    { recorded: new Map(), hasUnknown: true },
  ],
])('tells %s', (_, is, reason, facts) => {
  expect(compare(facts)).toEqual({ is, reason });
});
