import { compileFilepath, hasFilepathWildcard, matchFilepath } from './match-filepath.js';

describe('matchFilepath', () => {
  // The rows of Go's path/filepath/match_test.go, and what COPY sources need.
  test.each([
    ['abc', 'abc', true],
    ['*', 'abc', true],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['*c', 'abc', true],
    ['a*', 'a', true],
    ['a*', 'ab/c', false],
    ['a*/b', 'abc/b', true],
    ['a*/b', 'a/c/b', false],
    ['a*b*c*d*e*/f', 'axbxcxdxe/f', true],
    ['a*b*c*d*e*/f', 'axbxcxdxexxx/f', true],
    ['a*b*c*d*e*/f', 'axbxcxdxe/xxx/f', false],
    ['a*b*c*d*e*/f', 'axbxcxdxexxx/fff', false],
    ['a*b?c*x', 'abxbbxdbxebxczzx', true],
    ['a*b?c*x', 'abxbbxdbxebxczzy', false],
    ['ab[c]', 'abc', true],
    ['ab[b-d]', 'abc', true],
    ['ab[e-g]', 'abc', false],
    ['ab[^c]', 'abc', false],
    ['ab[^b-d]', 'abc', false],
    ['ab[^e-g]', 'abc', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'ab', false],
    ['a?b', 'a☺b', true],
    ['a[^a]b', 'a☺b', true],
    ['a???b', 'a☺b', false],
    ['a[^a][^a][^a]b', 'a☺b', false],
    ['[a-ζ]*', 'α', true],
    ['*[a-ζ]', 'A', false],
    ['a?b', 'a/b', false],
    ['a*b', 'a/b', false],
    ['[\\]a]', ']', true],
    ['[\\-]', '-', true],
    ['[x\\-]', '-', true],
    ['[x\\-]', 'z', false],
    ['[\\-x]', 'x', true],
    ['[\\-x]', 'a', false],
    ['*x', 'xxx', true],
    ['[b-a]', 'a', false],
    ['a[^b]c', 'a/c', true],
    ['*', '.env', true],
    ['*/package.json', '.hidden/package.json', true],
    ['**/package.json', 'api/package.json', true],
    ['**/package.json', 'apps/api/package.json', false],
    ['**/package.json', 'package.json', false],
    ['[!a]', 'b', false],
    ['[!a]', '!', true],
    ['{a,b}', 'a', false],
    ['{a,b}', '{a,b}', true],
    ['[[]slug]', '[slug]', true],
    ['*.go', 'dir.go/x', false],
    ['a\\', 'a', false],
  ])('%j against %j is %s', (pattern, path, expected) => {
    expect(matchFilepath(pattern, path)).toBe(expected);
  });

  test('many stars on a long path that fails at the end take no exponential time', () => {
    const started = process.hrtime.bigint();
    expect(matchFilepath(`${'a*'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(1000);
  });
});

describe('compileFilepath', () => {
  test.each([
    '[]a]',
    '[-]',
    '[x-]',
    '[-x]',
    '[a-b-c]',
    '[',
    '[^',
    '[^bc',
    'a[',
    'a*[',
    '\\',
    'a\\',
    '[a\\',
    '[^]',
    '[a-]b]',
    '*.[',
  ])('refuses %j', (pattern) => {
    expect(compileFilepath(pattern)).toBeUndefined();
  });

  test.each(['', '*', ']', 'a]b', '[a]]', '-', '^', '[\\^a]', '[a-b]-]', '[*]'])('accepts %j', (pattern) => {
    expect(compileFilepath(pattern)).toBeDefined();
  });
});

test.each([
  ['a/b', false],
  ['a*', true],
  ['a?', true],
  ['[a]', true],
  ['a\\*b', false],
  ['a\\\\*b', true],
  ['{a,b}', false],
])('hasFilepathWildcard(%j) is %s', (pattern, expected) => {
  expect(hasFilepathWildcard(pattern)).toBe(expected);
});
