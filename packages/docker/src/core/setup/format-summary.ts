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
    ['Next', next.map((text, index) => wrap(`${index + 1}. ${text}`, '   '))],
  ] as const;
  const blocks = parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) =>
      [title, ...lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`)].join('\n'),
    );
  return `${[summary.title, ...blocks].join('\n\n')}\n`.replace(/[^\P{Cc}\n]/gu, '\uFFFD');
}

function formatFinding({ what, value, sources }: Finding): string {
  const from = sources.length === 0 ? '' : `  (${shorten(sources)})`;
  return wrap(`${what.padEnd(15)} ${value}${from}`, ' '.repeat(16));
}

function shorten(sources: readonly string[]): string {
  return sources.length > 3
    ? `${sources.slice(0, 2).join(', ')} and ${sources.length - 2} more`
    : sources.join(', ');
}

function bullet(text: string): string {
  return wrap(`- ${text}`, '  ');
}

/** Breaks at blanks, so that commands in a line of their own can be copied. */
function wrap(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, indent))
    .join(`\n${indent}`);
}

function wrapLine(text: string, indent: string): string {
  const lines: string[] = [];
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    const last = lines.at(-1);
    const room = width - (lines.length > 1 ? indent.length : 0);
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join(`\n${indent}`);
}
