import { anyChar, couldMatchFrom, matchTerms, noSlash, type Term } from './pattern-terms.js';

const text = (value: string): Term => ({ kind: 'text', text: value });
const star: Term = { kind: 'many', set: noSlash };
const anything: Term = { kind: 'many', set: anyChar };
const folders: Term = { kind: 'folders' };
const digit: Term = { kind: 'one', set: (char) => char >= '0' && char <= '9' };
const twoOrThree: Term = { kind: 'repeat', term: digit, min: 2, max: 3 };

test.each<[Term[], string, boolean]>([
  [[], '', true],
  [[], 'a', false],
  [[text('ab')], 'ab', true],
  [[text('ab'), text('b')], 'ab', false],
  [[star, text('b')], 'aabb', true],
  [[star, text('b')], 'a/b', false],
  [[text('a'), star], 'a', true],
  [[star, text('a'), star, text('a')], 'a', false],
  [[anything, text('b')], 'a/b', true],
  [[folders, text('b')], 'a/b', true],
  [[folders, text('b')], 'ab', false],
  [[folders, text('a'), folders, text('c')], 'x/ab/a/c', true],
  [[folders, text('a'), folders, text('c')], 'x/abc', false],
  [[digit, star], '1a', true],
  [[twoOrThree], '12', true],
  [[twoOrThree], '1234', false],
  [[{ kind: 'one', set: anyChar }], '☺', true],
  [[{ kind: 'one', set: anyChar }], '𝒜', true],
])('%j against %j is %s', (terms, path, expected) => {
  expect(matchTerms(terms, path)).toBe(expected);
});

test.each<[Term[], string, boolean]>([
  [[text('a/b')], 'a/', true],
  [[text('a/b')], 'b/', false],
  [[text('a')], 'a/', false],
  [[text('a'), anything], 'a/', true],
  [[text('a'), star], 'a/', false],
  [[star, text('/b')], 'a/', true],
  [[folders, text('b')], 'a/', true],
  [[digit, text('/b')], '1/', true],
  [[digit, text('/b')], 'a/', false],
])('%j could match what begins with %j: %s', (terms, start, expected) => {
  expect(couldMatchFrom(terms, start)).toBe(expected);
});
