import { DockerPluginError } from '../errors.js';
import { compilePathFilter, matchPathFilter } from './match-path-filter.js';

it.each<[string[], string, boolean]>([
  [['*'], '.gitignore', true],
  [['*'], 'a/b', false],
  [['**'], 'a/.b/c', true],
  [['docs/**'], 'docs', false],
  [['docs/**/*.md'], 'docs/a.md', true],
  [['**.js'], 'a/b.js', true],
  [['**/**/**/x'], 'x', true],
  [['a/**/**/x'], 'a/b/c/x', true],
  [['*.jsx?'], 'a.js', true],
  [['ab+c'], 'abbbc', true],
  [['ab+c'], 'ac', false],
  [['[abc-]x'], '-x', true],
  [['v[0-9]+.x'], 'v12.x', true],
  [['\\*.js'], '*.js', true],
  [['\\*.js'], 'a.js', false],
  [['größe 📦?.txt'], 'größe .txt', true],
  [['a b$(touch MARK)'], 'a b$(touch MARK)', true],
  [['a/**'], 'a/line\nbreak', true],
  [['**', '!docs/**'], 'docs/a', false],
  [['!docs/**', '**'], 'docs/a', true],
  [['!docs/**'], 'src/a', false],
  [['README.MD'], 'README.md', false],
  [['a.b'], 'axb', false],
  [['docs/'], 'docs/a', false],
])('%j decides about %j: %j', (patterns, file, expected) =>
  expect(matchPathFilter(patterns, file)).toBe(expected),
);

it.each<[string, RegExp]>([
  ['', /nothing to match/],
  ['!', /nothing to match/],
  ['?a', /no single character before \?/],
  ['a/*+', /no single character before \+/],
  ['a??', /no single character before \?/],
  ['[ab', /no \] for this \[/],
  ['[]', /nothing between/],
  ['[!a]', /does not say what \[! means/],
  ['[z-a]', /range z-a/],
  ['[A-z]', /range A-z/],
  ['a\\', /no character behind the last/],
])('refuses %j', (pattern, message) => {
  expect(() => matchPathFilter(['a', pattern], 'b')).toThrow(DockerPluginError);
  expect(() => matchPathFilter(['a', pattern], 'b')).toThrow(message);
});

it('tells which pattern decides', () => {
  const { decides } = compilePathFilter(['a/**', '!a/b', 'a/b']);
  expect(['a/b', 'a/c', 'd'].map(decides)).toEqual([2, 0, undefined]);
});

it('takes no long time for many folders', () => {
  const filter = compilePathFilter([`${'**/'.repeat(40)}x`]);
  expect(filter.matches(`${'a/'.repeat(200)}y`)).toBe(false);
});
