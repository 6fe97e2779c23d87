import { replaceShellPattern, trimShellPattern } from './shell-pattern.js';

test.each([
  ['a/b/c', '*/', 'start', false, 'b/c'],
  ['a/b/c', '*/', 'start', true, 'c'],
  ['a/b/c', '/*', 'end', false, 'a/b'],
  ['a/b/c', '/*', 'end', true, 'a'],
  ['abc', '?', 'start', false, 'bc'],
  ['abc', '*', 'start', false, 'abc'],
  ['abc', '*', 'start', true, ''],
  ['abc', '', 'end', true, 'abc'],
  ['xxab', '*a*b', 'start', true, ''],
  ['*a', '\\*', 'start', false, 'a'],
  ['a[b]', '[b]', 'end', false, 'a'],
  ['𝒜b', '?', 'start', false, 'b'],
  ['a.b', '.', 'start', false, 'a.b'],
] as const)('%j without %j at the %s (greedy: %j) is %j', (text, pattern, end, greedy, expected) => {
  expect(trimShellPattern(text, pattern, { end, greedy })).toEqual({ text: expected });
});

test.each([
  ['aXbXc', 'X', '-', false, 'a-bXc'],
  ['aXbXc', 'X', '-', true, 'a-b-c'],
  ['abc', '', '-', true, '-a-b-c-'],
  ['abc', '*', '-', true, '-'],
  ['abcb', 'a*b', '-', false, '-'],
  ['abc', 'b', '[$0]', true, 'a[b]c'],
  ['abc', 'b', '$$${x}$1', true, 'a$c'],
  ['abc', 'b', '$0', false, 'a$0c'],
  ['abc', 'x', '-', true, 'abc'],
])('%j with %j replaced by %j (all: %j) is %j', (text, pattern, replacement, all, expected) => {
  expect(replaceShellPattern(text, pattern, { replacement, all })).toEqual({ text: expected });
});

test('a backslash escapes only what has a meaning', () => {
  expect(trimShellPattern('a', '\\a', { end: 'start', greedy: false }).failure).toContain(
    "invalid escape '\\a'",
  );
  expect(trimShellPattern('a', '\\', { end: 'start', greedy: false }).failure).toContain(
    "invalid escape '\\'",
  );
});

test('many stars take no exponential time', () => {
  const start = performance.now();
  trimShellPattern('a'.repeat(5_000), `${'*a'.repeat(500)}b`, { end: 'start', greedy: true });
  expect(performance.now() - start).toBeLessThan(2_000);
});
