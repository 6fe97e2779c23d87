import { foldersAbove, ignoreFileCandidates, joinPath, relativePath } from './context-folder.js';

test.each([
  ['.', 'api/Dockerfile', ['api/Dockerfile.dockerignore', '.dockerignore']],
  ['api', 'api/prod.Dockerfile', ['api/prod.Dockerfile.dockerignore', 'api/.dockerignore']],
  ['web', undefined, ['web/.dockerignore']],
])('the ignore file of context %s and %s is looked for in %j', (folder, dockerfilePath, expected) => {
  expect(ignoreFileCandidates(folder, dockerfilePath)).toEqual(expected);
});

test.each([
  ['.', '.', '.'],
  ['.', 'a/b', 'a/b'],
  ['a', '.', 'a'],
  ['a', 'b/c', 'a/b/c'],
])('%s and %s are joined to %s, and back', (folder, path, joined) => {
  expect(joinPath(folder, path)).toBe(joined);
  expect(relativePath(folder, joined)).toBe(path);
});

test('foldersAbove goes from the nearest folder to the workspace root', () => {
  expect(foldersAbove('a/b/Dockerfile')).toEqual(['a/b', 'a', '.']);
  expect(foldersAbove('Dockerfile')).toEqual(['.']);
});
