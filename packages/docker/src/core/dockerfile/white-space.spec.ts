import { cutWord, isSpace, trimSpace } from './white-space.js';

test.each([
  ['\u0085', true],
  ['\u00a0', true],
  ['\u3000', true],
  ['\n', true],
  ['\ufeff', false],
  ['\u200b', false],
])('isSpace(%j) is %j', (char, expected) => {
  expect(isSpace(char)).toBe(expected);
});

test('trimSpace cuts at both ends', () => {
  expect(trimSpace('\u00a0 a b\t\u2028')).toBe('a b');
  expect(trimSpace(' ')).toBe('');
});

test('cutWord cuts at blanks and tabs only', () => {
  expect(cutWord('a \t b c')).toEqual({ word: 'a', rest: 'b c' });
  expect(cutWord('a\u00a0b')).toEqual({ word: 'a\u00a0b' });
});
