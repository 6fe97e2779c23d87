import { parsePatternRegexp } from './parse-pattern-regexp.js';
import { matchTerms } from './pattern-terms.js';

test.each<[string, string[], string[]]>([
  ['a\\.b', ['a.b'], ['axb']],
  ['[^/]*x', ['ax', 'x'], ['a/x']],
  ['(.*/)?x', ['x', 'a/b/x'], ['ax']],
  ['a.*', ['a', 'a/b'], ['b']],
  ['[a-c\\]]', ['b', ']'], ['d']],
  ['[^\\d]', ['a'], ['1']],
  ['[a-]', ['a', '-'], ['b']],
  ['[]]', [']'], []],
  ['[[:alpha:]_]', ['a', '_'], ['1']],
  ['[[^/]*]', ['[[]', '^/]', ']'], ['x]']],
  ['\\x41\\101\\t', ['AA\t'], []],
  ['\\bab\\b', ['ab'], []],
  ['a\\Bb', ['ab'], []],
  ['\\Aab\\z', ['ab'], []],
  ['a{2}', ['aa'], ['a', 'aaa']],
  ['a{0,1}b', ['b', 'ab'], ['aab']],
  ['a{1,}', ['a', 'aaa'], ['']],
  ['a{,2}', ['a{,2}'], ['aa']],
  ['a{02}', ['a{02}'], ['aa']],
  ['a|b', ['ax', 'xb'], ['xa', 'bx']],
  ['a^', [], ['a', 'a^']],
])('%s', (source, matching, others) => {
  const matches = (text: string) => parsePatternRegexp(source)?.some((terms) => matchTerms(terms, text));
  expect(matching.filter((text) => !matches(text))).toEqual([]);
  expect(others.filter((text) => matches(text) !== false)).toEqual([]);
});

test.each([
  '[',
  '[a',
  '[b-a]',
  '[a-\\d]',
  '[[:nope:]]',
  '\\8',
  '\\xg',
  '\\pL',
  '\\é',
  'a{2}{3}',
  'a|{2}',
  'a{3,2}',
  'a{1001}',
  '*',
])('%s is refused', (source) => {
  expect(parsePatternRegexp(source)).toBeUndefined();
});
