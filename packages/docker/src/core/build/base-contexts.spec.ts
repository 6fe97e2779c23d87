import { baseContexts } from './base-contexts.js';

function base(record: object | string | undefined) {
  const text = typeof record === 'object' ? JSON.stringify(record) : record;
  return [{ reference: 'ghcr.io/acme/base:1', recordPath: 'dist/docker/base.json', text }];
}

describe('baseContexts', () => {
  it('replaces the reference in the Dockerfile by what was built', () => {
    expect(baseContexts(base({ imageRef: 'ghcr.io/acme/base:local', inputDigest: 'sha256:1' }))).toEqual({
      namedContexts: { 'ghcr.io/acme/base:1': 'docker-image://ghcr.io/acme/base:local' },
      digests: { 'ghcr.io/acme/base:1': 'sha256:1' },
    });
  });

  it.each([
    [undefined, 'does not exist'],
    ['{', 'cannot be read'],
    ['{}', 'cannot be read'],
  ])('says that the record %j %s', (text, message) => {
    expect(() => baseContexts(base(text))).toThrow(`dist/docker/base.json ${message} (BASE_MISSING)`);
  });
});
