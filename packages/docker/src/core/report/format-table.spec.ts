import { formatBytes, formatCount, formatTable, shorten } from './format-table.js';
import { plainText } from './terminal.js';

it('formatTable aligns columns and leaves no blanks at line ends', () => {
  expect(
    formatTable(
      [
        ['a', '1', ''],
        ['bb', '22', 'x'],
      ],
      { columns: [{}, { align: 'right' }] },
    ),
  ).toEqual(['a    1', 'bb  22  x']);
});

it('formatTable cuts what may be cut until the table fits', () => {
  const rows = [
    ['a/very/long/path/to/some/Dockerfile:12', 'y'.repeat(30), 'some/path/to/a/file.txt'],
    ['', '', 'b'],
  ];
  const columns = [{ cut: 'start' }, {}, { cut: 'middle' }] as const;
  const format = (width: number) =>
    formatTable(rows, { columns, terminal: { ...plainText, columns: width }, indent: 2 });
  expect(format(84)[0]).toBe(`  …th/to/some/Dockerfile:12  ${'y'.repeat(30)}  some/path/to/a/file.txt`);
  expect(format(77)[0]).toBe(`  …/some/Dockerfile:12  ${'y'.repeat(30)}  some/path/…a/file.txt`);
});

it('formatTable aligns before it paints', () => {
  const tags = { paint: (style: string, text: string) => `<${style}>${text}</>` };
  const rows = [
    ['a', ''],
    ['bb', 'x'],
  ];
  expect(formatTable(rows, { columns: [{ style: 'dim' }], terminal: tags })).toEqual([
    '<dim>a</>',
    '<dim>bb</>  x',
  ]);
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

it.each<[string, number, 'start' | 'middle', string]>([
  ['short', 10, 'middle', 'short'],
  ['0123456789', 5, 'middle', '01…89'],
  ['0123456789', 5, 'start', '…6789'],
  ['📦📦📦📦', 3, 'middle', '📦…📦'],
])('shorten writes %s in %i characters, cut at its %s, as %s', (text, most, cut, short) =>
  expect(shorten(text, most, cut)).toBe(short),
);
