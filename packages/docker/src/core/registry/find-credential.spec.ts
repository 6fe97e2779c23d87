import { findCredential, parseHelperOutput } from './find-credential.js';

const auth = Buffer.from('me:pass:word').toString('base64');
const me = { credential: { username: 'me', password: 'pass:word' } };

describe('findCredential', () => {
  it.each<[string, object, string, object | undefined]>([
    ['a registry', { auths: { 'ghcr.io': { auth } } }, 'ghcr.io', me],
    ['the address of a registry', { auths: { 'https://ghcr.io/v1/': { auth } } }, 'ghcr.io', me],
    ['Docker Hub', { auths: { 'https://index.docker.io/v1/': { auth } } }, 'docker.io', me],
    ['a namespace', { auths: { 'ghcr.io': {}, 'ghcr.io/acme': { auth } } }, 'ghcr.io', me],
    ['another namespace', { auths: { 'ghcr.io/acm': { auth } } }, 'ghcr.io', undefined],
    ['another registry', { auths: { 'ghcr.io': { auth } } }, 'ghcr.io.example.com', undefined],
    ['a port', { auths: { 'localhost:5000': { auth } } }, 'localhost:5000', me],
    ['a user in two fields', { auths: { x: { username: 'me', password: 'pass:word' } } }, 'x', me],
    [
      'a refresh token',
      { auths: { x: { auth, identitytoken: 't' } } },
      'x',
      { credential: { identityToken: 't' } },
    ],
    [
      'an access token',
      { auths: { x: { registrytoken: 't' } } },
      'x',
      { credential: { registryToken: 't' } },
    ],
    ['an empty entry', { auths: { x: {} } }, 'x', undefined],
    ['an entry that is none', { auths: { x: 1 } }, 'x', undefined],
    [
      'the helper of a registry',
      { credHelpers: { x: 'gcloud' }, credsStore: 'desktop', auths: { x: { auth } } },
      'x',
      { helper: 'gcloud', serverAddress: 'x' },
    ],
    ['the helper of all', { credsStore: 'desktop' }, 'x', { helper: 'desktop', serverAddress: 'x' }],
    [
      'the helper for Docker Hub',
      { credsStore: 'pass' },
      'docker.io',
      { helper: 'pass', serverAddress: 'https://index.docker.io/v1/' },
    ],
  ])('knows %s', (_, config, registry, found) => {
    expect(findCredential(JSON.stringify(config), registry, 'acme/api')).toEqual(found);
  });

  it.each(['', '{', '[]', 'null'])('finds nothing in %j', (text) => {
    expect(findCredential(text, 'ghcr.io', 'acme/api')).toBeUndefined();
  });
});

describe('parseHelperOutput', () => {
  it.each([
    ['{"ServerURL":"x","Username":"me","Secret":"s"}', { username: 'me', password: 's' }],
    ['{"Username":"<token>","Secret":"s"}', { identityToken: 's' }],
    ['{"Username":"me","Secret":""}', undefined],
    ['credentials not found in native keychain', undefined],
  ])('reads %s', (text, credential) => expect(parseHelperOutput(text)).toEqual(credential));
});
