import { countProblems, formatProblems } from './format-problems.js';
import { formatBytes, formatCount, formatTable } from './format-table.js';
import type { BaseImageReport, FileEntry, ImageReport, StageReport } from './image-report.js';
import { plainText, type Terminal, tableWidth, wrapText } from './terminal.js';

const mostLargest = 5;
const labelWidth = 15;

export interface FormatOptions {
  readonly allFiles?: boolean;
  readonly terminal?: Terminal;
}

/** Formats an image report for a terminal of 100 columns. */
export function formatImageReport(report: ImageReport, options: FormatOptions = {}): string {
  const { allFiles = false, terminal = plainText } = options;
  const sections = [
    [terminal.paint('bold', report.id), `builds ${report.image} from ${report.dockerfile}`],
    facts(report, terminal),
    reads(report, terminal),
    allFiles ? fileList('All files', report.files, terminal) : largest(report, terminal),
    problems(report, terminal),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function facts(report: ImageReport, terminal: Terminal): string[] {
  const { buildContext, stages, baseImages, downloads, producers } = report;
  const folder = buildContext.folder === '.' ? '. (the workspace root)' : buildContext.folder;
  const size = `${formatCount(buildContext.files, 'file')}, ${formatBytes(buildContext.bytes)}`;
  const inner = { indent: 0, terminal: { ...terminal, columns: tableWidth(terminal) - labelWidth - 2 } };
  return [
    ...labelled('Build context', [
      folder,
      ...wrapText(buildContext.reason, inner.terminal.columns),
      `${size} ${buildContext.ignoreFile ? 'after the ignore file' : 'without an ignore file'}`,
    ]),
    ...labelled('Ignore file', [buildContext.ignoreFile ?? 'none']),
    ...labelled('Stages', formatTable(stages.map(stageRow), { ...inner, columns: stageColumns })),
    ...labelled('Base images', formatTable(baseImages.flatMap(baseRows), { ...inner, columns: baseColumns })),
    ...labelled(
      'Downloads',
      formatTable(
        downloads.map(({ url, place }) => [url, place]),
        { ...inner, columns: [{ cut: 'middle' }, { cut: 'start' }] },
      ),
    ),
    ...labelled('Built before', producers),
  ].map((line) => paintLabel(line, terminal));
}

function labelled(label: string, texts: readonly string[]): string[] {
  return texts.map((text, index) => `  ${(index === 0 ? label : '').padEnd(labelWidth)}${text}`);
}

function paintLabel(line: string, { paint }: Terminal): string {
  const label = line.slice(2, 2 + labelWidth).trimEnd();
  return label === '' ? line : `  ${paint('dim', label)}${line.slice(2 + label.length)}`;
}

const stageColumns = [{ cut: 'middle' }, { cut: 'middle' }, {}] as const;

function stageRow({ index, name, base, isTarget, isBuilt }: StageReport): string[] {
  const note = isTarget ? 'the target' : isBuilt ? '' : 'not built';
  return [name || String(index), `FROM ${shortDigest(base)}`, note];
}

const baseColumns = [{ cut: 'middle' }, { cut: 'middle' }, {}, { cut: 'start' }] as const;

/** One row for each way in which an image is used. */
function baseRows({ imageRef, uses, builtBy }: BaseImageReport): string[][] {
  const origin = builtBy ? `built by ${builtBy}` : 'external';
  return [...new Set(uses.map(({ how }) => how))].map((how, index) => {
    const places = uses.filter((use) => use.how === how).map(({ place }) => place);
    return [...(index === 0 ? [shortDigest(imageRef), origin] : ['', '']), how, joinPlaces(places)];
  });
}

/** `api/Dockerfile:3, 17` */
function joinPlaces([first = '', ...others]: readonly string[]): string {
  const file = first.replace(/\d+$/, '');
  const lines = others.map((place) => (place.startsWith(file) ? place.slice(file.length) : place));
  return [first, ...lines].join(', ');
}

function shortDigest(text: string): string {
  return text.replace(/(@sha256:[0-9a-f]{8})[0-9a-f]{56}/, '$1…');
}

const readColumns = [
  { cut: 'start' },
  {},
  { cut: 'middle' },
  { align: 'right' },
  { align: 'right' },
  { style: 'yellow' },
] as const;

function reads({ reads: list, files, bytes }: ImageReport, terminal: Terminal): string[] {
  const rows = list.map((read) => [
    read.place,
    read.kind,
    read.context === null ? read.source : `${read.source} of ${read.context}`,
    read.files.toLocaleString('en-US'),
    formatBytes(read.bytes),
    read.widened ? 'at most' : '',
  ]);
  const total = `Reads ${formatCount(files.length, 'file')}, ${formatBytes(bytes)}`;
  const [head = '', ...table] = formatTable([['', '', '', 'files', 'size', ''], ...rows], {
    columns: readColumns,
    indent: 2,
    terminal,
  });
  const title = terminal.paint('bold', total);
  if (list.length === 0) return [title];
  const hasRoom = head.slice(0, total.length + 2).trim() === '';
  if (!hasRoom) return [title, terminal.paint('dim', head), ...table];
  return [title + terminal.paint('dim', head.slice(total.length)), ...table];
}

function largest({ files }: ImageReport, terminal: Terminal): string[] {
  if (files.length <= mostLargest) return fileList('All files', files, terminal);
  const sorted = [...files].sort((a, b) => b.bytes - a.bytes).slice(0, mostLargest);
  return fileList('Largest files', sorted, terminal, '  (--files lists all)');
}

const fileColumns = [{ align: 'right' }, { cut: 'middle' }, { cut: 'start', style: 'dim' }] as const;

function fileList(title: string, files: readonly FileEntry[], terminal: Terminal, hint = ''): string[] {
  const rows = files.map((file) => [
    formatBytes(file.bytes),
    file.path,
    [...(file.role ? [`the ${file.role}`] : []), ...file.readBy].join(', '),
  ]);
  return [
    terminal.paint('bold', title) + (hint && terminal.paint('dim', hint)),
    ...formatTable(rows, { columns: fileColumns, indent: 2, terminal }),
  ];
}

function problems({ problems: list }: ImageReport, terminal: Terminal): string[] {
  if (list.length === 0) return [];
  return [terminal.paint('bold', countProblems(list)), '', ...formatProblems(list, terminal)];
}
