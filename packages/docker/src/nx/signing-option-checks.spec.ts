import { checkPluginOptions } from './plugin-options.js';

function messages(options: object): string[] {
  return checkPluginOptions(options).problems.map(({ message }) => message.replace(/^.* must be /, ''));
}

const issuer = 'https://token.actions.githubusercontent.com';

it.each([
  { publish: { sign: { key: 'env://COSIGN_PRIVATE_KEY' } } },
  { publish: { sign: { key: 'awskms:///alias/images', args: ['--tlog-upload=false'] } } },
  { publish: { sign: { keyless: true } } },
  { kubernetes: { verify: { key: 'cosign.pub', args: ['--insecure-ignore-tlog'] } } },
  { kubernetes: { verify: { identity: 'me@acme.com', issuer } } },
  { kubernetes: { verify: { identityRegexp: '^https://github.com/acme/', issuer } } },
])('takes %j', (options) => {
  expect(messages(options)).toEqual([]);
});

it.each([
  [{ publish: { sign: {} } }, 'an object in which sign is an object with either key or keyless'],
  [
    { publish: { sign: { key: 'a', keyless: true } } },
    'an object in which sign is an object with either key or keyless',
  ],
  [
    { publish: { sign: { keyless: false } } },
    'an object in which sign is an object in which keyless is true',
  ],
  [
    { publish: { sign: { key: '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----' } } },
    'an object in which sign is an object in which key is a file, env://NAME or the URI of a key service',
  ],
  [
    { kubernetes: { verify: { identity: 'me@acme.com' } } },
    'an object in which verify is an object with either key, or issuer and one of identity and identityRegexp',
  ],
  [
    { kubernetes: { verify: { key: 'cosign.pub', issuer } } },
    'an object in which verify is an object with either key, or issuer and one of identity and identityRegexp',
  ],
])('refuses %j', (options, expected) => {
  expect(messages(options)).toEqual([expected]);
});
