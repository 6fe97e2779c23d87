import { countProblems, formatProblems } from '../core/report/format-problems.js';
import { formatCount } from '../core/report/format-table.js';
import { readTerminal } from '../host/read-terminal.js';
import { lint } from '../reports/images/lint.js';
import { type Command, print, textOf, UsageError, type Values } from './command.js';

export const lintCommand: Command = {
  usage: `
  lint [projects…]
      Errors, warnings and advice for the images of all projects, or of some. Exits with 1 if
      there is an error.
        --max-warnings <number>   exits with 1 if there are more warnings than that
        --json                    writes JSON
`,
  options: { 'max-warnings': { type: 'string' }, json: { type: 'boolean' } },
  run: runLint,
};

async function runLint(projects: readonly string[], values: Values): Promise<number> {
  const most = textOf(values, 'max-warnings') ?? 'Infinity';
  if (!/^(?:\d+|Infinity)$/.test(most)) throw new UsageError('--max-warnings takes a number');
  const { problems, images } = await lint(projects);
  if (values.json) print(`${JSON.stringify(problems, null, 2)}\n`);
  else {
    if (problems.length > 0) print(`${formatProblems(problems, readTerminal()).join('\n')}\n\n`);
    process.stderr.write(`${countProblems(problems)} in ${formatCount(images, 'image')}\n`);
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return errors > 0 || problems.length - errors > Number(most) ? 1 : 0;
}
