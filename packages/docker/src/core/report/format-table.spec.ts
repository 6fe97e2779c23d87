import { formatBytes, formatCount, formatTable, shorten } from './format-table.js';

it('formatTable aligns columns and leaves no blanks at line ends', () => {
  expect(
    formatTable(
      [
        ['a', '1', ''],
        ['bb', '22', 'x'],
      ],
      ['left', 'right'],
    ),
  ).toEqual(['a    1', 'bb  22  x']);
});

it.each([
  [0, '0 B'],
  [980, '980 B'],
  [1400, '1.4 kB'],
  [9960, '10 kB'],
  [312_000, '312 kB'],
  [12_000_000, '12 MB'],
  [3e15, '3000 TB'],
])('formatBytes writes %i as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [1, '1 file'],
  [0, '0 files'],
  [1234, '1,234 files'],
])('formatCount writes %i as %s', (count, text) => expect(formatCount(count, 'file')).toBe(text));

it.each([
  ['short', 10, 'short'],
  ['0123456789', 5, '01…89'],
  ['📦📦📦📦', 3, '📦…📦'],
])('shorten writes %s in %i characters as %s', (text, most, short) =>
  expect(shorten(text, most)).toBe(short),
);
