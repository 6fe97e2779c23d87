import { sourceLabels } from './source-labels.js';

const commit = { sha: 'a'.repeat(40), date: '2026-01-01T00:00:00+01:00' };
const labels = {
  'org.opencontainers.image.created': commit.date,
  'org.opencontainers.image.revision': commit.sha,
};

it('labels a commit with its date and the page of its repository', () => {
  expect(sourceLabels({ ...commit, remote: 'git@github.com:acme/shop.git' })).toEqual({
    ...labels,
    'org.opencontainers.image.source': 'https://github.com/acme/shop',
  });
});

it.each([{}, { remote: '/srv/git/shop.git' }])('knows no page for %j', (remote) => {
  expect(sourceLabels({ ...commit, ...remote })).toEqual(labels);
});
