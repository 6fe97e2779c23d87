import { commitInTag, publishedCommits } from './commit-in-tag.js';
import { recordForCommit } from './record-for-commit.js';

const commit = 'bcae089'.padEnd(40, '0');

it.each([
  ['main-bcae089', 'bcae089'],
  [`sha-${commit}`, commit],
  ['bcae089', 'bcae089'],
  ['feature_x.bcae0891', 'bcae0891'],
  ['latest', undefined],
  ['1.2.3', undefined],
  ['main', undefined],
  ['deadbee-alpine', undefined],
])('%s names the commit %s', (tag, start) => expect(commitInTag(tag)).toBe(start));

it('reads the marks of published commits, and no other tags', () => {
  expect(publishedCommits(['latest', `sha-${commit}`, 'sha-bcae089', `inputs-${'a'.repeat(64)}`])).toEqual([
    commit,
  ]);
});

it('makes a record with tags that never move', () => {
  const about = {
    project: 'api',
    target: 'docker-build',
    image: 'ghcr.io/acme/api',
    commit,
    digest: `sha256:${'a'.repeat(64)}`,
  };
  expect(recordForCommit({ ...about, tags: ['main', 'main-bcae089', 'latest'] })).toMatchObject({
    tags: ['main-bcae089', `sha-${commit}`],
    imageRef: 'ghcr.io/acme/api:main-bcae089',
    pushed: true,
  });
  expect(recordForCommit({ ...about, tags: [] }).tags).toEqual([`sha-${commit}`]);
});
