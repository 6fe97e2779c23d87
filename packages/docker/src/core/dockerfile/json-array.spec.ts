import { parseJsonArray } from './json-array.js';

test.each([
  ['["a", "b"]', { strings: ['a', 'b'] }],
  [' \u00a0[]', { strings: [] }],
  ['["\\ud83d\\ude00", "\\ud83d"]', { strings: ['😀', '\ufffd'] }],
  ['["a", null]', 'not strings'],
  ['[["a"]]', 'not strings'],
  ["['a']", 'not an array'],
  ['["a",]', 'not an array'],
  ['["a"] # note', 'not an array'],
  ['{"a": []}', 'not an array'],
  ['"a"', 'not an array'],
  ['', 'not an array'],
])('%j', (text, expected) => {
  expect(parseJsonArray(text)).toEqual(expected);
});

test('deep nesting does not overflow', () => {
  expect(parseJsonArray('['.repeat(1_000_000))).toBe('not an array');
});
