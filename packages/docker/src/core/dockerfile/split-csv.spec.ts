import { splitCsv } from './split-csv.js';

it.each([
  ['a,b', ['a', 'b']],
  ['a,,b,', ['a', '', 'b', '']],
  ['"a,b",c', ['a,b', 'c']],
  ['"say ""hi""",b', ['say "hi"', 'b']],
  ['', undefined],
  ['a"b', undefined],
  ['"a"b', undefined],
  ['"a', undefined],
])('splits %j into %j', (line, fields) => {
  expect(splitCsv(line)).toEqual(fields);
});
