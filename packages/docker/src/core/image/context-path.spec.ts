import { cleanContextPath, knownFolder, toSlashPath } from './context-path.js';

test.each([
  ['', '.'],
  ['.', '.'],
  ['/', '.'],
  ['./a/', 'a'],
  ['//a//./b', 'a/b'],
  ['../../a', 'a'],
  ['a/../../b', 'b'],
  ['a/..', '.'],
  ['..a', '..a'],
])('cleanContextPath(%j) is %j', (path, expected) => {
  expect(cleanContextPath(path)).toBe(expected);
});

test.each([
  ['', '.'],
  ['apps', '.'],
  ['apps/', 'apps'],
  ['apps/a', 'apps'],
  ['/apps/a/../b', 'apps'],
])('knownFolder(%j) is %j', (prefix, expected) => {
  expect(knownFolder(prefix)).toBe(expected);
});

test('only Windows has drives and backslashes', () => {
  expect(toSlashPath('C:\\a\\b', 'windows')).toBe('/a/b');
  expect(toSlashPath('C:\\a\\b', 'linux')).toBe('C:\\a\\b');
});
