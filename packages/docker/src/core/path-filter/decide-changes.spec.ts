import { decideChanges } from './decide-changes.js';
import { compileFnmatch } from './ruby-fnmatch.js';

/** Answers of Ruby's File.fnmatch with FNM_PATHNAME | FNM_DOTMATCH | FNM_EXTGLOB. */
it.each<[string, string, boolean]>([
  ['docs/*', 'docs/a', true],
  ['docs/*', 'docs/.a', true],
  ['docs/*', 'docs/a/b', false],
  ['docs/**', 'docs/a', true],
  ['docs/**', 'docs/a/b', false],
  ['docs/**/*', 'docs/a/b/c', true],
  ['docs/**/*', 'docs/a', true],
  ['**/*.js', 'a.js', true],
  ['**/*.js', '.a/.b.js', true],
  ['**.js', 'a/b.js', false],
  ['a**/b', 'ax/b', true],
  ['a**/b', 'a/x/b', false],
  ['*.{js,ts}', 'a.ts', true],
  ['{a,b/**/*}', 'b/c/d', true],
  ['a{b,c{d,e}}', 'ace', true],
  ['a{b', 'a{b', true],
  ['?.js', 'a.js', true],
  ['?.js', '/.js', false],
  ['[ab].js', 'a.js', true],
  ['[!ab].js', 'a.js', false],
  ['[^ab].js', 'c.js', true],
  ['[a', '[a', false],
  ['a[^b]c', 'a/c', false],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['Dockerfile', 'dockerfile', false],
  ['docs/', 'docs/a', false],
])('fnmatch %j %j: %j', (pattern, path, expected) => expect(compileFnmatch(pattern)(path)).toBe(expected));

it.each([
  [{ files: ['api/a'] }, { runs: true, because: 'api/a matches api/**/*' }],
  [{ files: ['web/a'] }, { runs: false, because: 'no changed file matches its changes' }],
  [{ files: [] }, { runs: false, because: 'no file changed' }],
  [
    { files: undefined, without: 'a tag' },
    { runs: true, because: 'changes is always true for a tag' },
  ],
])('decides %j', (event, expected) => expect(decideChanges(['api/**/*'], event)).toEqual(expected));

it('takes very many comparisons for a match, as GitLab does', () => {
  const files = Array.from({ length: 30_000 }, (_, i) => `docs/${i}`);
  expect(decideChanges(['a', 'b'], { files }).runs).toBe(true);
});
