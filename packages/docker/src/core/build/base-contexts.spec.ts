import { baseContexts, checkBase } from './base-contexts.js';

function base(record: object | string | undefined) {
  const text = typeof record === 'object' ? JSON.stringify(record) : record;
  return [{ reference: 'ghcr.io/acme/base:1', recordPath: 'dist/docker/base.json', text }];
}

describe('baseContexts', () => {
  it('replaces the reference in the Dockerfile by what was built', () => {
    expect(baseContexts(base({ imageRef: 'ghcr.io/acme/base:local', inputDigest: 'sha256:1' }))).toEqual({
      namedContexts: { 'ghcr.io/acme/base:1': 'docker-image://ghcr.io/acme/base:local' },
      digests: { 'ghcr.io/acme/base:1': 'sha256:1' },
      expected: [{ reference: 'ghcr.io/acme/base:1', imageRef: 'ghcr.io/acme/base:local', ids: [] }],
    });
  });

  it('takes what was pushed by its digest', () => {
    const record = { imageRef: 'x.test/base:1', image: 'x.test/base', digest: 'sha256:2', pushed: true };
    expect(baseContexts(base({ ...record, imageId: 'sha256:3' }))).toEqual({
      namedContexts: { 'ghcr.io/acme/base:1': 'docker-image://x.test/base@sha256:2' },
      digests: { 'ghcr.io/acme/base:1': 'sha256:2' },
      expected: [
        {
          reference: 'ghcr.io/acme/base:1',
          imageRef: 'x.test/base@sha256:2',
          ids: ['sha256:2'],
          pushedTo: 'x.test/base',
        },
      ],
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

describe('checkBase', () => {
  const expected = { reference: 'base', imageRef: 'base:local', ids: ['sha256:a', 'sha256:b'] };

  it.each(['sha256:a', 'sha256:b'])('takes %s for what was recorded', (actual) => {
    expect(checkBase(expected, actual)).toEqual([]);
  });

  it.each([
    ['sha256:c', 'base was built as base:local, which is sha256:c now, and not sha256:a or sha256:b'],
    [undefined, 'base was built as base:local, which is not in the engine any more'],
  ])('refuses %s', (actual, message) => {
    expect(checkBase(expected, actual)).toMatchObject([{ code: 'BASE_MISSING', message }]);
  });

  it('says where a pushed image is missing', () => {
    expect(checkBase({ ...expected, pushedTo: 'base' }, undefined)).toMatchObject([
      { message: 'base was built as base:local, which is not in the registry any more' },
    ]);
  });
});
