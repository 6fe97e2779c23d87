import { formatProblem } from '../errors.js';
import { formatBytes, formatCount, formatTable, shorten } from './format-table.js';
import type { FileEntry, ImageReport } from './image-report.js';

const widest = 60;
const mostLargest = 5;

/** Formats an image report for a terminal of 100 columns. */
export function formatImageReport(report: ImageReport, options: { allFiles?: boolean } = {}): string {
  const sections = [
    [`${report.id}  ${report.image}`],
    facts(report),
    reads(report),
    options.allFiles ? fileList('Files', report.files) : largest(report),
    problems(report),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function facts({ dockerfile, buildContext, stages, baseImages, producers }: ImageReport): string[] {
  const folder = buildContext.folder === '.' ? '. (the workspace root)' : buildContext.folder;
  const rows = [
    ['Dockerfile', dockerfile],
    ['Build context', folder],
    ...wrap(buildContext.reason, widest + 20).map((line) => ['', line]),
    ['Ignore file', buildContext.ignoreFile ?? 'none'],
    ...labelled('Stages', stages.filter(({ isBuilt }) => isBuilt).map(stageName)),
    ...labelled('Not built', stages.filter(({ isBuilt }) => !isBuilt).map(stageName)),
    ...labelled('Base images', baseImages.map(baseImage)),
    ...labelled('Made before', producers),
  ];
  return indent(formatTable(rows));
}

function baseImage({ imageRef, uses, builtBy }: ImageReport['baseImages'][number]): string {
  const where = uses.map(({ how, place }) => `${how} in ${place}`).join(', ');
  return `${imageRef}  ${builtBy ? `built by ${builtBy}` : 'external'}  (${where})`;
}

function wrap(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function stageName({ index, name, base, isTarget }: ImageReport['stages'][number]): string {
  return `${name || index} from ${base}${isTarget ? ', the target stage' : ''}`;
}

function labelled(label: string, texts: readonly string[]): string[][] {
  return texts.map((text, index) => [index === 0 ? label : '', text]);
}

function reads({ reads: list, files, bytes }: ImageReport): string[] {
  const rows = list.map((read) => [
    read.place,
    read.kind,
    shorten(read.source, widest - 20),
    read.files.toLocaleString('en-US'),
    formatBytes(read.bytes),
    read.widened ? 'more than it may need' : '',
  ]);
  const table = formatTable(
    [['read by', '', 'source', 'files', 'size', ''], ...rows],
    ['left', 'left', 'left', 'right', 'right'],
  );
  const total = `The build reads ${formatCount(files.length, 'file')}, ${formatBytes(bytes)}.`;
  return list.length === 0 ? [total] : [total, ...indent(table)];
}

function largest({ files }: ImageReport): string[] {
  if (files.length <= mostLargest) return fileList('Files', files);
  const sorted = [...files].sort((a, b) => b.bytes - a.bytes).slice(0, mostLargest);
  return fileList('Largest (--files shows all)', sorted);
}

function fileList(title: string, files: readonly FileEntry[]): string[] {
  const rows = files.map((file) => [
    formatBytes(file.bytes),
    shorten(file.path, widest),
    file.readBy.join(', ') || (file.role ? `the ${file.role}` : ''),
  ]);
  return [title, ...indent(formatTable(rows, ['right']))];
}

function problems({ problems: list }: ImageReport): string[] {
  return list.flatMap((problem, index) => (index === 0 ? [] : ['']).concat(formatProblem(problem)));
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}
