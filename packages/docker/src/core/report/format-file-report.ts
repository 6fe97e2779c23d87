import { formatTable } from './format-table.js';
import type { FileInImage, FileReport } from './image-report.js';

/** Formats a file report for a terminal; images that cannot see the file are only counted. */
export function formatFileReport({ path, images }: FileReport): string {
  const seen = images.filter(({ answer }) => answer !== 'outside');
  const rows = seen.flatMap((image) =>
    explain(image).map((text, index) => [index === 0 ? image.id : '', text]),
  );
  const outside = images.length - seen.length;
  return [
    path,
    '',
    ...formatTable(rows).map((line) => `  ${line}`),
    ...(outside > 0
      ? [`  It is in no build context of ${outside === 1 ? 'the other image' : `${outside} other images`}.`]
      : []),
    '',
  ].join('\n');
}

function explain({ answer, role, reads, rule }: FileInImage): string[] {
  const lines = reads.map(({ place, source }) => `reads it by ${place}: ${source}`);
  if (role) lines.unshift(`is built by it: it is the ${role}`);
  if (lines.length > 0) return lines;
  if (answer === 'ignored')
    return [`does not read it: ${rule?.place ?? 'the ignore file'} keeps it out (${rule?.text})`];
  return ['does not read it: it is in the build context, but no instruction copies or mounts it'];
}
