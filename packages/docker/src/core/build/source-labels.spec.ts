import { sourceLabels } from './source-labels.js';

const commit = { sha: 'a'.repeat(40), date: '2026-01-01T00:00:00+01:00' };

it.each([
  ['https://github.com/acme/shop.git', 'https://github.com/acme/shop'],
  ['https://me:secret@github.com/acme/shop', 'https://github.com/acme/shop'],
  ['git@github.com:acme/shop.git', 'https://github.com/acme/shop'],
  ['ssh://git@gitlab.example.com:2222/acme/group/shop.git/', 'https://gitlab.example.com/acme/group/shop'],
  ['/srv/git/shop.git', undefined],
  ['../shop', undefined],
  ['C:\\shop', undefined],
  [undefined, undefined],
])('says that %s is at %s', (remote, source) => {
  expect(sourceLabels({ ...commit, ...(remote !== undefined && { remote }) })).toEqual({
    'org.opencontainers.image.created': commit.date,
    'org.opencontainers.image.revision': commit.sha,
    ...(source !== undefined && { 'org.opencontainers.image.source': source }),
  });
});
