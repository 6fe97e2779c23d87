import { webAddress } from './web-address.js';

it.each([
  ['https://github.com/acme/shop.git', 'https://github.com/acme/shop'],
  ['https://me:secret@github.com/acme/shop', 'https://github.com/acme/shop'],
  ['https://git.example.com:8443/acme/shop', 'https://git.example.com:8443/acme/shop'],
  ['git@github.com:acme/shop.git', 'https://github.com/acme/shop'],
  ['ssh://git@gitlab.example.com:2222/acme/group/shop.git/', 'https://gitlab.example.com/acme/group/shop'],
  ['/srv/git/shop.git', ''],
  ['../shop', ''],
  ['C:\\shop', ''],
  ['', ''],
])('%s is at %j', (remote, address) => expect(webAddress(remote)).toBe(address));
