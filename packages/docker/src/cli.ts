import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DockerPluginError } from './core/errors.js';
import { formatFileReport } from './core/report/format-file-report.js';
import { formatImageReport } from './core/report/format-image-report.js';
import { countProblems, formatProblems } from './core/report/format-problems.js';
import { formatCount } from './core/report/format-table.js';
import { readTerminal } from './host/read-terminal.js';
import { explain } from './reports/explain.js';
import { lint } from './reports/lint.js';

const usage = `Usage: moltbook-docker <command> [options]

  explain <project | image | Dockerfile | file>
      An image: its build context and why, its stages and base images, the files it reads and
      the lines that read them. A file: which images read it, or what keeps it out.
        --files                   lists all files

  lint [projects…]
      Errors, warnings and advice for the images of all projects, or of some. Exits with 1 if
      there is an error.
        --max-warnings <number>   exits with 1 if there are more warnings than that

  --json       writes JSON to standard output, and nothing else
  --help, -h   shows this text
  --version    shows the version

https://github.com/ardenone/moltbook/blob/main/docs/explain.md
`;

const options = {
  json: { type: 'boolean' },
  files: { type: 'boolean' },
  'max-warnings': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];

interface Command {
  readonly options: readonly (keyof Values)[];
  /** Returns the exit code. */
  run(names: readonly string[], values: Values): Promise<number>;
}

const commands: Readonly<Record<string, Command>> = {
  explain: { options: ['json', 'files'], run: runExplain },
  lint: { options: ['json', 'max-warnings'], run: runLint },
};

class UsageError extends Error {}

/** Runs the command line and returns the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await runCommand(parse(args));
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`moltbook-docker: ${error.message}\n\n${usage}`);
      return 2;
    }
    const isExpected = error instanceof DockerPluginError;
    process.stderr.write(`${isExpected ? error.message : ((error as Error)?.stack ?? error)}\n`);
    return 1;
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

async function runCommand({ values, positionals }: ReturnType<typeof parse>): Promise<number> {
  const [name, ...names] = positionals;
  if (values.help) return print(usage);
  if (values.version) return print(`${version()}\n`);
  if (name === undefined) throw new UsageError('no command is given');
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`there is no command ${name}`);
  const other = (Object.keys(values) as (keyof Values)[]).find((key) => !command.options.includes(key));
  if (other !== undefined) throw new UsageError(`${name} does not take --${other}`);
  return command.run(names, values);
}

async function runExplain(names: readonly string[], { json, files = false }: Values): Promise<number> {
  const [name] = names;
  if (name === undefined || names.length > 1) throw new UsageError('explain takes one name');
  const reports = await explain(name);
  if (json) return print(`${JSON.stringify(reports, null, 2)}\n`);
  const terminal = readTerminal();
  const texts = reports.map((report) =>
    report.kind === 'file'
      ? formatFileReport(report, terminal)
      : formatImageReport(report, { allFiles: files, terminal }),
  );
  return print(texts.join('\n\n'));
}

async function runLint(projects: readonly string[], values: Values): Promise<number> {
  const most = values['max-warnings'] ?? 'Infinity';
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

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
