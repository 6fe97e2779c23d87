import { plainText, type Style, type Terminal, tableWidth, textWidth } from './terminal.js';

export interface Column {
  readonly align?: 'right';
  /** Where its cells are cut if the table is too wide; those that lose their start give way first. */
  readonly cut?: 'start' | 'middle';
  readonly style?: Style;
}

export interface TableOptions {
  readonly columns?: readonly Column[];
  readonly indent?: number;
  readonly terminal?: Terminal;
}

/** Formats rows as aligned columns, two spaces apart, without blanks at line ends. */
export function formatTable(
  rows: readonly (readonly string[])[],
  { columns = [], indent = 0, terminal = plainText }: TableOptions = {},
): string[] {
  const widths = columnWidths(rows, { columns, most: tableWidth(terminal) - indent });
  return rows.map((row) => {
    const last = row.findLastIndex((cell) => cell !== '');
    const cells = row.slice(0, last + 1).map((cell, i) => {
      const padded = pad(cell, { width: widths[i] ?? 0, column: columns[i] });
      const text = i === last ? padded.trimEnd() : padded;
      const style = columns[i]?.style;
      return style && cell !== '' ? terminal.paint(style, text) : text;
    });
    return cells.length > 0 ? `${' '.repeat(indent)}${cells.join('  ')}` : '';
  });
}

function pad(cell: string, { width, column = {} }: { width: number; column?: Column | undefined }): string {
  const text = column.cut ? shorten(cell, width, column.cut) : cell;
  const blanks = ' '.repeat(Math.max(0, width - textWidth(text)));
  return column.align === 'right' ? blanks + text : text + blanks;
}

const leastWidth = 20;

function columnWidths(
  rows: readonly (readonly string[])[],
  { columns, most }: { columns: readonly Column[]; most: number },
): number[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, textWidth(cell));
  for (const cut of ['start', 'middle']) {
    for (let excess = tableLength(widths) - most; excess > 0; excess--) {
      const shrinking = widths.map((width, i) => (columns[i]?.cut === cut ? width : 0));
      const widest = shrinking.indexOf(Math.max(...shrinking));
      if ((shrinking[widest] ?? 0) <= leastWidth) break;
      widths[widest] = (widths[widest] ?? 0) - 1;
    }
  }
  return widths;
}

function tableLength(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width + 2, -2);
}

/** A size for people: `980 B`, `1.4 kB`, `12 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Shortens a text: paths differ least in the middle, and of a place the end counts. */
export function shorten(text: string, most: number, cut: 'start' | 'middle' = 'middle'): string {
  const chars = [...text];
  if (chars.length <= most) return text;
  const end = cut === 'start' ? most - 1 : Math.floor((most - 1) / 2);
  return `${chars.slice(0, most - 1 - end).join('')}…${chars.slice(-end).join('')}`;
}
