import { parseNameValues, splitQuotedWords } from './name-values.js';

test.each([
  ['a "b c" d', ['a', '"b c"', 'd']],
  [`a='x "y' b="z 'w"`, [`a='x "y'`, `b="z 'w"`]],
  ['a\\ b c', ['a\\ b', 'c']],
  ['"a\\" b" c', ['"a\\" b"', 'c']],
  ["'a\\' b", ["'a\\'", 'b']],
  ['"" a', ['""', 'a']],
  ['a\u00a0b', ['a', 'b']],
  ['a\\', ['a']],
  ['  ', []],
])('splitQuotedWords(%j) is %j', (text, words) => {
  expect(splitQuotedWords(text, '\\')).toEqual(words);
});

test.each([
  ['a=b c="d e"', ['a', 'b', '=', 'c', '"d e"', '=']],
  ['a=', ['a', '', '=']],
  ['a=b=c', ['a', 'b=c', '=']],
  ['a b=c  d', ['a', 'b=c  d', '']],
  ['', []],
])('parseNameValues(%j) is %j', (text, args) => {
  expect(parseNameValues('ENV', text, '\\')).toEqual({ args });
});

test.each([
  ['a', 'ENV must have two arguments', 'write ENV a=<value>'],
  [
    'a=b c d',
    `can't find = in "c", which must be of the form name=value`,
    'put a value that has blanks in double quotes',
  ],
])('%j is malformed', (text, message, fix) => {
  expect(parseNameValues('ENV', text, '\\').fault).toMatchObject({ message, fix });
});
