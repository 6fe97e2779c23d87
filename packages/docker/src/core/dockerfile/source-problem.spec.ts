import { byPlace, locate } from './source-problem.js';

const source = { path: 'Dockerfile', lines: ['FROM alpine', '  COPY alpha \\', '    a ["b"]'] };

test.each([
  ['a', { line: 3, column: 5 }],
  ['b', { line: 3, column: 9 }],
  ['alph', { line: 2, column: 8 }],
  ['missing', { line: 2, column: 3 }],
  ['', { line: 2, column: 3 }],
])('finds %j as a word of its own if it can', (word, place) => {
  expect(locate(source, { startLine: 2, endLine: 3 }, word)).toEqual({ file: 'Dockerfile', ...place });
});

test('byPlace sorts in source order, and first what has no place', () => {
  const at = (line: number, column: number) => ({ place: { file: 'Dockerfile', line, column } });
  expect([at(2, 1), at(1, 9), at(1, 2), {}].sort(byPlace)).toEqual([{}, at(1, 2), at(1, 9), at(2, 1)]);
});
