export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

/** What a report is written to. */
export interface Terminal {
  /** Its width; absent for a file or a pipe, where only tables are kept narrow and sentences stay whole. */
  readonly columns?: number;
  paint(style: Style, text: string): string;
}

export const plainText: Terminal = { paint: (_, text) => text };

/** Tables are for 100 columns, or fewer where the terminal has fewer. */
export function tableWidth({ columns = 100 }: Terminal): number {
  return Math.max(60, Math.min(100, columns));
}

/** Breaks a text between words; a word that is longer than a line stays whole. */
export function wrapText(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(last) + 1 + textWidth(word) <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** How many columns a text takes, without the escape sequences of its colours. */
export function textWidth(text: string): number {
  return [...text.replace(escapeSequence, '')].length;
}

const escapeSequence = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
