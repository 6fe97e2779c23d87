import { formatTable } from './format-table.js';
import type { FileInImage, FileReport } from './image-report.js';
import { plainText, type Terminal, tableWidth, textWidth, wrapText } from './terminal.js';

/** Formats a file report for a terminal; images that cannot see the file are only counted. */
export function formatFileReport({ path, images }: FileReport, terminal: Terminal = plainText): string {
  const seen = images.filter(({ answer }) => answer !== 'outside');
  const widest = Math.max(0, ...seen.map(({ id }) => textWidth(id)));
  const rows = seen.flatMap((image) =>
    explain(image)
      .flatMap((text) => wrapText(text, Math.max(30, tableWidth(terminal) - widest - 4)))
      .map((text, index) => [index === 0 ? image.id : '', text]),
  );
  return [
    terminal.paint('bold', path),
    '',
    ...formatTable(rows, { indent: 2, terminal }),
    ...(seen.length < images.length || seen.length === 0
      ? [`  ${outside(seen.length, images.length - seen.length)}`]
      : []),
    '',
  ].join('\n');
}

function outside(seen: number, count: number): string {
  if (count === 0) return 'There is no image in this workspace.';
  if (seen === 0) return 'It is in the build context of no image.';
  return `It is not in the build context of ${count === 1 ? 'the other image' : `the ${count} other images`}.`;
}

function explain({ answer, role, reads, rule }: FileInImage): string[] {
  const lines = reads.map(({ place, source }) => `reads it by ${place}: ${source}`);
  if (role) lines.unshift(`is built by it: it is the ${role}`);
  if (lines.length > 0) return lines;
  if (answer === 'ignored')
    return [`does not read it: ${rule?.place ?? 'the ignore file'} keeps it out (${rule?.text})`];
  return ['does not read it: it is in the build context, but no instruction copies or mounts it'];
}
