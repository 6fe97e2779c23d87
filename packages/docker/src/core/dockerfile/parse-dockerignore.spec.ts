import { cleanPatterns, parseDockerignore } from './parse-dockerignore.js';

function patterns(text: string): string[] {
  return parseDockerignore(text).rules.map((rule) => rule.pattern);
}

test.each([
  ['a\n\n b \n', ['a', 'b']],
  ['\uFEFFa', ['a']],
  ['# comment\n # pattern\na # too', ['# pattern', 'a # too']],
  ['a\r\nb\r\n', ['a', 'b']],
  ['/a\na/\n/a/b/', ['a', 'a', 'a/b']],
  ['./a\na//b\na/./b\na/x/../b', ['a', 'a/b', 'a/b', 'a/b']],
  ['../a\n/../a', ['../a', 'a']],
  ['/', ['/']],
  ['.', ['.']],
  ['! /a/b\n!a/\n! !a', ['!a/b', '!a', '!!a']],
  ['\u00a0a\u3000', ['a']],
  ['\\#a', ['\\#a']],
])('%j is read as %j', (text, expected) => {
  expect(patterns(text)).toEqual(expected);
});

test('rules know their line', () => {
  expect(parseDockerignore('# x\n\n!./a \r\n').rules).toEqual([{ pattern: '!a', line: 3, text: '!./a ' }]);
});

test.each([
  ['!', 'there is no pattern after !'],
  ['a\n! ', 'there is no pattern after !'],
  ['[a', 'the pattern [a is malformed'],
  ['![a', 'the pattern [a is malformed'],
  ['foo\\', 'the pattern foo\\ is malformed'],
])('%j fails the build: %s', (text, message) => {
  const line = text.split('\n').length;
  expect(parseDockerignore(text, 'api/.dockerignore').problems).toEqual([
    expect.objectContaining({
      code: 'DOCKERIGNORE_INVALID',
      severity: 'error',
      message: expect.stringContaining(message),
      place: { file: 'api/.dockerignore', line, column: 1 },
    }),
  ]);
});

test('good patterns are no problem', () => {
  expect(parseDockerignore('a\n!b\n**/[ab]*\n').problems).toEqual([]);
});

test('cleanPatterns trims, cleans and drops what is empty', () => {
  expect(cleanPatterns([' a/ ', '', ' ', './b', '/c'])).toEqual(['a', 'b', '/c']);
});
