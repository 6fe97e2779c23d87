/** Which side the cells of a column are aligned to. */
export type Alignment = 'left' | 'right';

/** Formats rows as aligned columns, two spaces apart, without blanks at line ends. */
export function formatTable(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = [],
): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, width(cell));
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const blanks = ' '.repeat((widths[i] ?? 0) - width(cell));
        return alignments[i] === 'right' ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd(),
  );
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

/** Shortens a text in the middle, where paths differ least. */
export function shorten(text: string, most: number): string {
  const chars = [...text];
  if (chars.length <= most) return text;
  const half = Math.floor((most - 1) / 2);
  return `${chars.slice(0, most - 1 - half).join('')}…${chars.slice(-half).join('')}`;
}

function width(text: string): number {
  return [...text].length;
}
