import { parsePep440 } from './parse-pep440.js';

// The forms of https://peps.python.org/pep-0440/#normalization.
it.each([
  ['1.2', '1.2', true],
  ['v1.1.1', '1.1.1', true],
  ['1!2.0', '1!2.0', true],
  ['0!1.0', '1.0', true],
  ['01.002', '1.2', true],
  ['1.1RC1', '1.1rc1', false],
  ['1.1.a1', '1.1a1', false],
  ['1.1-beta_2', '1.1b2', false],
  ['1.1c3', '1.1rc3', false],
  ['1.1preview', '1.1rc0', false],
  ['1.0dev4', '1.0.dev4', false],
  ['1.2-dev', '1.2.dev0', false],
  ['1.2post1', '1.2.post1', false],
  ['1.2-r4', '1.2.post4', false],
  ['1.0-1', '1.0.post1', false],
  ['1.0a5-post2.dev3', '1.0a5.post2.dev3', false],
  ['1.0+Ubuntu-1', '1.0+ubuntu.1', true],
  [' 1.0 ', '1.0', true],
])('%s is %s', (text, version, isFinal) => {
  expect(parsePep440(text)).toMatchObject({ raw: text, version, isFinal });
});

it.each([
  ['1', 1, 0, 0],
  ['2.3', 2, 3, 0],
  ['4.5.6.7', 4, 5, 6],
])('takes the parts of %s', (text, major, minor, patch) => {
  expect(parsePep440(text)).toMatchObject({ major, minor, patch });
});

it.each(['', 'sometag', '1.', '1..2', '1.0+', '1.0-', 'v', '1.0rc1x'])('%j is none', (text) => {
  expect(parsePep440(text)).toBeUndefined();
});
