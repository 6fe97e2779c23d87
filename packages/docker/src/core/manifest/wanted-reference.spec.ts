import type { PublishedRecord } from '../build/published-record.js';
import { isMutableTag, type ReferenceForm, wantedReference } from './wanted-reference.js';

const digest = `sha256:${'ab'.repeat(32)}`;
const image = 'ghcr.io/acme/api';
const pushed: PublishedRecord = {
  version: 1,
  project: 'api',
  target: 'docker-build',
  image,
  imageRef: `${image}:latest`,
  tags: ['latest', 'main', 'main-bcae089'],
  digest,
  pushed: true,
  revision: `bcae089${'0'.repeat(33)}`,
  platforms: [],
  duration: 1,
};

describe('the wanted reference', () => {
  it.each<[string, Partial<PublishedRecord>, ReferenceForm, string]>([
    ['has the tag of the commit and the digest', {}, 'both', `:main-bcae089@${digest}`],
    ['may have the tag alone', {}, 'tag', ':main-bcae089'],
    ['may have the digest alone', {}, 'digest', `@${digest}`],
    ['has a whole version rather', { tags: ['1', '1.2', '1.2.3', 'main-bcae089'] }, 'tag', ':1.2.3'],
    [
      'has the shorter tag of a commit',
      { tags: [`sha-bcae089${'0'.repeat(33)}`, 'main-bcae089'] },
      'tag',
      ':main-bcae089',
    ],
    ['has a tag that does not move', { tags: ['main', 'main-0123abc'] }, 'tag', ':main-0123abc'],
    ['has what there is', { tags: ['main'], imageRef: `${image}:main` }, 'tag', ':main'],
    [
      'has no tag of an input digest',
      { tags: [`inputs-${'0'.repeat(64)}`], imageRef: image },
      'both',
      `@${digest}`,
    ],
  ])('%s', (_, fields, form, end) => {
    expect(wantedReference({ ...pushed, ...fields }, form)).toEqual({ reference: `${image}${end}` });
  });

  it('is none for a digest that no registry has', () => {
    const { pushed: _, ...local } = pushed;
    expect(wantedReference(local, 'both').reason).toBe(
      'ghcr.io/acme/api was built but not pushed, so no registry has a digest of it',
    );
    expect(wantedReference(local, 'tag').reference).toBe('ghcr.io/acme/api:main-bcae089');
  });
});

it.each([
  ['latest', true],
  ['main', true],
  ['1', true],
  ['1.2', true],
  ['1.2.3', false],
  ['v1.2.3-rc.1', false],
  ['main-bcae089', false],
  ['bcae089', false],
  ['feature-x', true],
])('the tag %s may move: %s', (tag, expected) => expect(isMutableTag(tag)).toBe(expected));
