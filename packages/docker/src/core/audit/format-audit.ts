import { formatCount, formatTable } from '../report/format-table.js';
import { plainText, type Style, type Terminal } from '../report/terminal.js';
import type { AuditReport, BuildReport, FindingReport } from './audit-report.js';

/** Formats an audit for a terminal: what each workflow builds, then what was found. */
export function formatAudit(report: AuditReport, terminal: Terminal = plainText): string {
  const builds = report.workflows.flatMap((workflow) => workflow.builds);
  return [
    ...(builds.length > 0 ? [...buildTable(builds, terminal), ''] : []),
    ...report.findings.flatMap((finding) => [...formatFinding(finding, terminal), '']),
  ].join('\n');
}

/** `2 errors, 1 warning and 3 notes in 2 workflows that build 3 images` */
export function countFindings({ findings, workflows, images }: AuditReport): string {
  const counts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [formatCount(count, severity)] : [];
  });
  if (workflows.length === 0) return 'There is no workflow of GitHub Actions or GitLab in this repository';
  const building = workflows.filter(({ builds }) => builds.length > 0).length;
  if (building === 0) return 'No workflow of this repository builds an image, as far as it can be told';
  const built = images.filter((image) => image.workflows.length > 0).length;
  const found =
    counts.length > 1 ? `${counts.slice(0, -1).join(', ')} and ${counts.at(-1)}` : (counts[0] ?? 'Nothing');
  const subject = building === 1 ? '1 workflow that builds' : `${building} workflows that build`;
  return `${found} found in ${subject} ${formatCount(built, 'image')}`;
}

function buildTable(builds: readonly BuildReport[], terminal: Terminal): string[] {
  const rows = builds.map((build) => [
    build.image ?? '?',
    build.place,
    build.filters.length > 0 ? build.filters.join(', ') : 'no filter',
    build.image === null ? '' : `${build.inputs}`,
    build.filters.length === 0 || build.image === null ? '' : `${build.missed}`,
  ]);
  const columns = [{}, { cut: 'start' }, { cut: 'middle' }, { align: 'right' }, { align: 'right' }] as const;
  const head = ['image', 'built by', 'filter', 'inputs', 'missed'];
  const [title = '', ...lines] = formatTable([head, ...distinct(rows)], { columns, terminal });
  return [terminal.paint('dim', title), ...lines];
}

function distinct(rows: readonly string[][]): string[][] {
  return [...new Map(rows.map((row) => [row.join('\n'), row])).values()];
}

const styles: Readonly<Record<FindingReport['severity'], Style>> = {
  error: 'red',
  warning: 'yellow',
  note: 'dim',
};

function formatFinding(finding: FindingReport, { paint }: Terminal): string[] {
  const { rule, severity, file, line, column, message, fix } = finding;
  return [
    `${paint('bold', `${file}:${line}:${column}:`)} ${paint(styles[severity], `${severity}:`)} ${clean(message)} (${rule})`,
    `  ${paint('green', 'Fix:')} ${clean(fix)}`,
  ];
}

/** Names of files can hold anything, line breaks and escape sequences, too. */
function clean(text: string): string {
  return text.replace(/\p{Cc}/gu, '\uFFFD');
}
