import { hasPath, indexFiles } from './file-index.js';

const index = indexFiles([
  { path: 'b.sh', mode: 'executable' },
  { path: 'a/link', mode: 'symlink', link: '../b.sh' },
  { path: 'a/file' },
  { path: 'empty/inner', mode: 'folder' },
]);

test('sorts files and keeps what is special about them', () => {
  expect(index).toEqual({
    paths: ['a/file', 'a/link', 'b.sh'],
    links: new Map([['a/link', '../b.sh']]),
    executables: new Set(['b.sh']),
    emptyFolders: ['empty/inner'],
  });
});

test.each([
  ['.', true],
  ['a', true],
  ['a/file', true],
  ['a/fil', false],
  ['a/file/x', false],
  ['empty', true],
  ['empty/inner', true],
  ['emp', false],
])('hasPath(%s) is %s', (path, expected) => {
  expect(hasPath(path, index)).toBe(expected);
});
