import { wrapText } from '../report/terminal.js';

/** What setup found and did. Every list is of sentences without a final stop. */
export interface SetupSummary {
  readonly title: string;
  /** What was found, its value and where it stands. */
  readonly found: readonly Finding[];
  readonly contradictions: readonly string[];
  readonly left: readonly string[];
  readonly kept: readonly string[];
  readonly notes: readonly string[];
  readonly written: readonly string[];
  readonly next: readonly string[];
}

export interface Finding {
  readonly what: string;
  readonly value: string;
  readonly sources: readonly string[];
}

const width = 110;

/** Formats a summary for a terminal. */
export function formatSummary(summary: SetupSummary): string {
  const { found, written, next } = summary;
  const parts = [
    ['Found', found.map(formatFinding)],
    ['Contradictions: nothing was taken, say in nx.json what holds', summary.contradictions.map(bullet)],
    ['Not taken over', summary.left.map(bullet)],
    ['Already configured, and kept', summary.kept.map(bullet)],
    ['Note', summary.notes.map(bullet)],
    ['Written', (written.length > 0 ? written : ['nothing: all is as it should be']).map(bullet)],
    ['Next', next.map((text, index) => `${index + 1}. ${hang(text, 3)}`)],
  ] as const;
  const blocks = parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) =>
      [title, ...lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`)].join('\n'),
    );
  return `${[summary.title, ...blocks].join('\n\n')}\n`.replace(/[^\P{Cc}\n]/gu, '\uFFFD');
}

function formatFinding({ what, value, sources }: Finding): string {
  const shown = sources.length > 3 ? [...sources.slice(0, 2), `${sources.length - 2} more`] : sources;
  const from = shown.length === 0 ? '' : ` (${shown.join(', ')})`;
  return `${what.padEnd(15)} ${hang(`${value}${from}`, 16)}`;
}

function bullet(text: string): string {
  return `- ${hang(text, 2)}`;
}

/** Lines of the text stay lines, so that a command in a line of its own can be copied. */
function hang(text: string, indent: number): string {
  const lines = text.split('\n').flatMap((line) => wrapText(line, width - indent));
  return lines.join(`\n${' '.repeat(indent)}`);
}
