import { formatProblem, type Problem } from '../errors.js';
import { formatCount } from './format-table.js';
import { type Terminal, wrapText } from './terminal.js';

/** Formats problems for a terminal, as everywhere, but with colours and broken between words. */
export function formatProblems(problems: readonly Problem[], terminal: Terminal): string[] {
  return problems.flatMap((problem, index) => [
    ...(index > 0 ? [''] : []),
    ...formatProblem(problem)
      .split('\n')
      .flatMap((line) => wrapLine(line, terminal))
      .map((line) => paintLine(line, problem, terminal)),
  ]);
}

/** `2 errors, 1 warning`. */
export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return [formatCount(errors, 'error'), formatCount(problems.length - errors, 'warning')].join(', ');
}

/** The quoted source line and its caret stay as they are: they only fit together. */
function wrapLine(line: string, { columns }: Terminal): string[] {
  if (columns === undefined || line.startsWith('    ')) return [line];
  const indent = line.startsWith('  ') ? '  ' : '';
  return wrapText(line, columns - 4).map((part, index) => `${index > 0 ? `${indent}  ` : indent}${part}`);
}

function paintLine(line: string, { severity, place }: Problem, { paint }: Terminal): string {
  const colour = severity === 'error' ? 'red' : 'yellow';
  const where = place && `${place.file}:${place.line}:${place.column}:`;
  if (where && line.startsWith(where))
    return (
      paint('bold', where) + line.slice(where.length).replace(' warning:', ` ${paint(colour, 'warning:')}`)
    );
  if (/^ {4} *\^$/.test(line)) return paint(colour, line);
  if (line.startsWith('    ') && !line.startsWith('     ')) return paint('dim', line);
  return line.replace(/^ {2}Fix:/, `  ${paint('green', 'Fix:')}`);
}
