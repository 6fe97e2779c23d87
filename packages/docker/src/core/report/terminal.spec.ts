import { plainText, tableWidth, textWidth, wrapText } from './terminal.js';

it.each([
  [undefined, 100],
  [80, 80],
  [300, 100],
  [20, 60],
])('makes tables for a terminal of %j columns %i wide', (columns, width) =>
  expect(tableWidth({ ...plainText, ...(columns && { columns }) })).toBe(width),
);

it.each([
  ['a bc d', 4, ['a bc', 'd']],
  ['longer than that', 6, ['longer', 'than', 'that']],
  ['unbreakable', 4, ['unbreakable']],
  ['', 4, []],
])('breaks %j at %i columns into %j', (text, most, lines) => expect(wrapText(text, most)).toEqual(lines));

it('does not count colours', () => {
  expect(textWidth('\u001b[1m📦 x\u001b[22m')).toBe(3);
});
