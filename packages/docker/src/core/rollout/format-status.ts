import { splitRef } from '../manifest/loose-ref.js';
import { formatTable } from '../report/format-table.js';
import type { Terminal } from '../report/terminal.js';
import type { WorkloadStatus } from './assess-workload.js';
import type { Finding } from './finding.js';
import { workloadId } from './workload.js';

/** A table of workloads with what they run, then what is wrong with each. */
export function formatStatus(workloads: readonly WorkloadStatus[], terminal: Terminal): string {
  const rows = workloads.map((status) => [
    status.isRunning ? 'ok' : 'not ok',
    workloadId(status),
    `${status.pods.available}/${status.pods.wanted}`,
    runningOf(status),
  ]);
  const table = formatTable([['', 'WORKLOAD', 'PODS', 'RUNS'], ...rows], {
    columns: [{}, { cut: 'start' }, { align: 'right' }, { cut: 'middle' }],
    terminal,
  });
  const findings = workloads.flatMap((status) =>
    status.findings.length === 0
      ? []
      : ['', terminal.paint('bold', workloadId(status)), ...status.findings.flatMap(formatFinding(terminal))],
  );
  return `${[...table, ...findings].join('\n')}\n`;
}

/** Each image once, as an init container often has that of the container; with its tag where it is what was wanted. */
function runningOf({ images }: WorkloadStatus): string {
  const parts = images.flatMap(({ wanted, running }) =>
    running.map(({ digest, isWanted }) => {
      const { tag } = splitRef(wanted);
      return `${isWanted && tag !== undefined ? `${tag} ` : ''}${digest.slice(7, 19)}`;
    }),
  );
  return [...new Set(parts)].join(', ') || '-';
}

function formatFinding({ paint }: Terminal): (finding: Finding) => string[] {
  return ({ severity, reason, container, pods, message, fix, detail }) => {
    const where = container === undefined ? '' : `${container}: `;
    const count =
      pods === undefined
        ? ''
        : ` (${pods.length === 1 ? pods[0] : `${pods.length} pods, such as ${pods[0]}`})`;
    const colour = severity === 'error' ? 'red' : 'yellow';
    return [
      `  ${paint(colour, reason)}: ${where}${message}${count}`,
      ...(detail === undefined || message.includes(detail) ? [] : [`    ${paint('dim', detail)}`]),
      `    ${paint('green', 'Fix:')} ${fix}`,
    ];
  };
}
