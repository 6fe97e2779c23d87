import { countProblems, formatProblems } from '../../core/report/format-problems.js';
import { formatCount, formatTable } from '../../core/report/format-table.js';
import type { Terminal } from '../../core/report/terminal.js';
import type { CheckReferencesResult, ListedReference } from './check-references.js';

/** Problems and what was not checked, as text for a terminal. */
export function formatCheck({ problems, listed }: CheckReferencesResult, terminal: Terminal): string {
  const blocks = [
    ...(problems.length > 0 ? [formatProblems(problems, terminal)] : []),
    ...listOf(listed, terminal),
  ];
  return blocks.map((lines) => `${lines.join('\n')}\n\n`).join('');
}

/** One line, `1 error, 0 warnings in 5 references`. */
export function summarizeCheck({ problems, checked }: CheckReferencesResult): string {
  return `${countProblems(problems)} in ${formatCount(checked, 'reference')}`;
}

function listOf(listed: readonly ListedReference[], terminal: Terminal): string[][] {
  if (listed.length === 0) return [];
  const rows = listed.map(({ file, line, reference, note = '' }) => [`${file}:${line}`, reference, note]);
  return [['Not checked:', ...formatTable(rows, { indent: 2, terminal })]];
}
