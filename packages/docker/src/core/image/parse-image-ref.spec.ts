import { familiarImageRef, formatImageRef, resolveImageRef } from './format-image-ref.js';
import { parseImageRef, parseImageRefAsWritten, parseImageRefOrId } from './parse-image-ref.js';

const hex = '0123456789abcdef'.repeat(4);
const digest = `sha256:${hex}`;

describe('parseImageRef', () => {
  test.each([
    ['node', 'docker.io/library/node', 'node'],
    ['node:20', 'docker.io/library/node:20', 'node:20'],
    ['library/node', 'docker.io/library/node', 'node'],
    ['moltbook/api:1.2', 'docker.io/moltbook/api:1.2', 'moltbook/api:1.2'],
    ['docker.io/node', 'docker.io/library/node', 'node'],
    ['index.docker.io/node', 'docker.io/library/node', 'node'],
    [
      'registry-1.docker.io/library/node',
      'registry-1.docker.io/library/node',
      'registry-1.docker.io/library/node',
    ],
    ['localhost/api', 'localhost/api', 'localhost/api'],
    ['localhost:5000/api:dev', 'localhost:5000/api:dev', 'localhost:5000/api:dev'],
    ['localhost:5000', 'docker.io/library/localhost:5000', 'localhost:5000'],
    ['Registry/api', 'Registry/api', 'Registry/api'],
    ['[2001:db8::1]:5000/api:v1', '[2001:db8::1]:5000/api:v1', '[2001:db8::1]:5000/api:v1'],
    [`node@${digest}`, `docker.io/library/node@${digest}`, `node@${digest}`],
    [`ghcr.io/a/b:1@${digest}`, `ghcr.io/a/b:1@${digest}`, `ghcr.io/a/b:1@${digest}`],
    ['a__b/c-----d', 'docker.io/a__b/c-----d', 'a__b/c-----d'],
    [digest, `docker.io/library/${digest}`, digest],
    ['a_b.c/d', 'a_b.c/d', 'a_b.c/d'],
    [`node:${'t'.repeat(128)}`, `docker.io/library/node:${'t'.repeat(128)}`, `node:${'t'.repeat(128)}`],
  ])('%s is %s, for people %s', (text, canonical, familiar) => {
    const { ref } = parseImageRef(text);
    expect(ref && [formatImageRef(ref), familiarImageRef(ref)]).toEqual([canonical, familiar]);
  });

  test.each([
    ['', 'does not have the form'],
    [' node', 'does not have the form'],
    ['node\n', 'does not have the form'],
    ['https://ghcr.io/a', 'does not have the form'],
    ['a//b', 'does not have the form'],
    ['a/', 'does not have the form'],
    ['a___b', 'does not have the form'],
    ['a..b', 'does not have the form'],
    ['-a', 'does not have the form'],
    ['node:', 'does not have the form'],
    ['node:-x', 'does not have the form'],
    [`node:${'t'.repeat(129)}`, 'does not have the form'],
    ['node:tag:tag', 'does not have the form'],
    ['host:port/a', 'does not have the form'],
    ['a_b.c:80/d', 'does not have the form'],
    ['[::1]', 'does not have the form'],
    ['[fe80::1%eth0]/a', 'does not have the form'],
    ['nöde', 'does not have the form'],
    ['Node', 'must be lower-case'],
    ['docker.io/Node', 'must be lower-case'],
    ['a'.repeat(256), 'longer than 255'],
    [hex, 'image ID'],
    ['node@sha256:abc', '64 lower-case hexadecimal'],
    [`node@sha256:${hex.toUpperCase()}`, '64 lower-case hexadecimal'],
    [`node@md5:${hex}`, 'not a sha256 digest'],
    [`node@${digest}@${digest}`, '64 lower-case hexadecimal'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parseImageRef(text)).toEqual({ reason: expect.stringContaining(reason) });
  });

  test('a hostile text takes no exponential time', () => {
    const started = process.hrtime.bigint();
    for (const text of [`${'a-'.repeat(50_000)}/`, `${'a_'.repeat(50_000)}!`, `${'a.'.repeat(50_000)}/b!`])
      expect(parseImageRef(text).ref).toBeUndefined();
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(1000);
  });
});

test('parseImageRefAsWritten fills nothing in', () => {
  expect(parseImageRefAsWritten('node:20')).toEqual({ ref: { domain: '', path: 'node', tag: '20' } });
  expect(parseImageRefAsWritten('library/node')).toEqual({ ref: { domain: 'library', path: 'node' } });
  expect(parseImageRefAsWritten('')).toEqual({ reason: 'the text is empty' });
});

test('parseImageRefOrId takes image IDs and bare digests', () => {
  for (const text of [hex, digest]) {
    const { ref } = parseImageRefOrId(text);
    expect(ref && formatImageRef(ref)).toBe(digest);
  }
  expect(parseImageRefOrId('node').ref).toEqual({ domain: 'docker.io', path: 'library/node' });
});

test.each([
  ['node', 'docker.io/library/node:latest'],
  ['node:20', 'docker.io/library/node:20'],
  [`node:20@${digest}`, `docker.io/library/node@${digest}`],
])('an engine resolves %s to %s', (text, expected) => {
  const { ref } = parseImageRef(text);
  expect(ref && formatImageRef(resolveImageRef(ref))).toBe(expected);
});
