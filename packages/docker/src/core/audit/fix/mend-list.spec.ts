import { pathListOf } from '../path-list.js';
import { parseYaml } from '../yaml/yaml-value.js';
import { mendList } from './mend-list.js';

function mend(
  text: string,
  add: readonly string[],
  replace: readonly [number, string][] = [],
): string | undefined {
  const file = parseYaml('a.yml', text);
  const entry = file.root.entries().find(({ key }) => /^(?:paths|paths-ignore|changes)$/.test(key));
  if (!entry) throw new Error('no list');
  const dialect = entry.key as 'paths';
  const list = pathListOf(entry, { dialect, name: '' });
  return mendList({ list, add, replace: new Map(replace) }, text)
    ?.sort((a, b) => b.start - a.start)
    .reduce((all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end), text);
}

it.each<[string, string, string[], string]>([
  [
    'a block',
    'paths:\n  - a/** # first\n  - "b/**" # last\nz: 1\n',
    ['c/**'],
    'paths:\n  - a/** # first\n  - "b/**" # last\n  - "c/**"\nz: 1\n',
  ],
  ['a block without indentation', 'paths:\n- a\n', ['b', '**'], "paths:\n- a\n- b\n- '**'\n"],
  ['a block at the end of a file', 'paths:\n  -  a', ['b'], 'paths:\n  -  a\n  -  b'],
  ['a block with CRLF', 'paths:\r\n  - a\r\nz: 1\r\n', ['b'], 'paths:\r\n  - a\r\n  - b\r\nz: 1\r\n'],
  [
    'a block with an alias',
    'x: &x\n  - a\npaths:\n  - b\n  - *x # all\n',
    ['c'],
    'x: &x\n  - a\npaths:\n  - b\n  - *x # all\n  - c\n',
  ],
  ['quotes', "paths:\n  - 'a'\n", ["it's", '\\!x'], "paths:\n  - 'a'\n  - 'it''s'\n  - '\\!x'\n"],
  ['a flow list', "paths: ['a', 'b'] # both\n", ['c', 'd'], "paths: ['a', 'b', 'c', 'd'] # both\n"],
  [
    'a flow list of many lines',
    'paths: [\n  a,\n  b, # last\n]\n',
    ['c'],
    'paths: [\n  a,\n  b, c, # last\n]\n',
  ],
  ['an empty flow list', 'paths: []\n', ['a'], 'paths: [a]\n'],
  ['one pattern that is no list', 'changes: a/*\n', ['b/*'], 'changes: [a/*, b/*]\n'],
  [
    'a list behind a byte order mark and emoji',
    '\uFEFF# 📦\npaths:\n  - a\n',
    ['b'],
    '\uFEFF# 📦\npaths:\n  - a\n  - b\n',
  ],
  ['a name with a line break', 'paths:\n  - a\n', ['a\nb'], 'paths:\n  - a\n  - "a\\nb"\n'],
  [
    'what is ignored',
    "paths-ignore:\n  - docs/** # pages\n  - '**.md'\nz: 1\n",
    ['a.md'],
    "paths:\n  - '**'\n  - '!docs/**' # pages\n  - '!**.md'\n  - 'a.md'\nz: 1\n",
  ],
  [
    'what is ignored in a flow list',
    'paths-ignore: ["**.md"]\n',
    ['a.md'],
    'paths: ["**", "!**.md", "a.md"]\n',
  ],
])('mends %s', (_, text, add, expected) => {
  expect(mend(text, add)).toBe(expected);
  expect(parseYaml('a.yml', expected).problems).toEqual([]);
});

it('replaces a pattern and leaves all else', () => {
  expect(mend("paths: [ 'a/' , b ] # c\n", [], [[0, 'a/**']])).toBe("paths: [ 'a/**' , b ] # c\n");
  expect(mend('paths:\n  - a/\n', ['b'], [[0, 'a/**']])).toBe('paths:\n  - a/**\n  - b\n');
});

it('does not touch what stands nowhere in the file', () => {
  const { root } = parseYaml('a.yml', 'x: "paths: [a]"');
  const [entry] = parseYaml('a.yml', root.get('x').text ?? '', {
    place: (place) => place,
    offset: () => 0,
  }).root.entries();
  if (!entry) throw new Error('no list');
  expect(
    mendList(
      { list: pathListOf(entry, { dialect: 'paths', name: '' }), add: ['b'], replace: new Map() },
      'x',
    ),
  ).toBeUndefined();
});
