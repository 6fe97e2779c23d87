import { parseRemote, registryOf } from './find-remote.js';

it.each([
  ['https://github.com/Acme/Shop.git', 'github.com', 'acme/shop', 'ghcr.io/acme'],
  ['https://user:pass@github.com/acme/shop', 'github.com', 'acme/shop', 'ghcr.io/acme'],
  ['git@github.com:acme/shop.git', 'github.com', 'acme/shop', 'ghcr.io/acme'],
  [
    'ssh://git@gitlab.com:22/acme/team/shop.git/',
    'gitlab.com',
    'acme/team/shop',
    'registry.gitlab.com/acme/team/shop',
  ],
  ['https://git.example.com/acme/shop', 'git.example.com', 'acme/shop', undefined],
])('%s', (url, host, path, registry) => {
  const remote = parseRemote(url);
  expect(remote).toEqual({ host, path });
  expect(remote && registryOf(remote)).toBe(registry);
});

it.each(['', '/srv/git/shop.git', 'file:///srv/git/shop.git', 'https://github.com/', '$(touch MARK)'])(
  '%j is none',
  (url) => {
    expect(parseRemote(url)).toBeUndefined();
  },
);
