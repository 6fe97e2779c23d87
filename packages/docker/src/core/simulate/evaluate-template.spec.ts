import { evaluateTemplate, evaluateValue, templatePieces } from './evaluate-template.js';

const scope = { contexts: { matrix: { id: 'api', list: ['a', 'b'], count: 2, none: null, flag: true } } };

it.each([
  ['no expression', 'no expression'],
  ['records-${{ matrix.id }}', 'records-api'],
  ['${{ matrix.id }} and ${{ matrix.count }}', 'api and 2'],
  ['${{ matrix.none }}', ''],
  ['${{ matrix.flag }}', 'true'],
  ["${{ format('{0}}}', matrix.id) }}", 'api}'],
  ["${{ '}}' }}", '}}'],
  ['${{ matrix.id', '${{ matrix.id'],
  ['$(touch MARK)', '$(touch MARK)'],
])('replaces the expressions of %j', (text, value) => expect(evaluateTemplate(text, scope)).toBe(value));

it('keeps the value of a text that is one expression', () => {
  expect(evaluateValue({ a: '${{ matrix.list }}', b: ['x${{ matrix.list[1] }}', 3] }, scope)).toEqual({
    a: ['a', 'b'],
    b: ['xb', 3],
  });
});

it('splits at expressions', () => {
  expect(templatePieces('a${{ b }}c')).toEqual([
    { kind: 'text', text: 'a' },
    { kind: 'expression', text: 'b' },
    { kind: 'text', text: 'c' },
  ]);
});
