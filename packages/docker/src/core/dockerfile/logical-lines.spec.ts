import { isComment, joinLogicalLine, splitLines, withoutLineEnd } from './logical-lines.js';

test.each([
  ['one line', 'A b\nC', 'A b', 1],
  ['a continued line', 'A b \\\n  c\nD', 'A b   c', 2],
  ['a continuation at the end of the file', 'A b \\', 'A b ', 1],
  ['a doubled escape character', 'A b\\\\\nC', 'A b\\\\', 1],
  ['an escape character alone on its line', 'A \\\n\\\nb', 'A b', 3],
  ['comments in between', 'A \\\n# x \\\n  # y\nb\nC', 'A b', 4],
  ['a comment sign after a word', 'A b # \\\nc', 'A b # c', 2],
  ['blanks in front', ' \t A b', 'A b', 1],
  ['blanks in front of a continued line', 'A \\\n   b', 'A    b', 2],
])('%s', (_title, text, expected, end) => {
  expect(joinLogicalLine(splitLines(text), 0, '\\')).toEqual({ text: expected, end });
});

test('the first empty line inside is told', () => {
  const lines = splitLines('A \\\nb \\\n\n \nc');
  expect(joinLogicalLine(lines, 0, '\\')).toEqual({ text: 'A b c', end: 5, emptyLine: 2 });
});

test('the other escape character is data', () => {
  expect(joinLogicalLine(['A \\', 'b'], 0, '`').text).toBe('A \\');
  expect(joinLogicalLine(['A `', 'b'], 0, '`').text).toBe('A b');
});

test('splitLines keeps line ends, withoutLineEnd cuts them', () => {
  expect(splitLines('a\r\n\nb')).toEqual(['a\r\n', '\n', 'b']);
  expect(splitLines('')).toEqual([]);
  expect(withoutLineEnd('a\r\r\n')).toBe('a');
});

test.each([
  ['# a', true],
  [' \t#', true],
  ['a # b', false],
  ['', false],
])('isComment(%j) is %j', (line, expected) => {
  expect(isComment(line)).toBe(expected);
});
