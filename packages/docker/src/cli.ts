import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DockerPluginError, formatProblem } from './core/errors.js';
import { formatFileReport } from './core/report/format-file-report.js';
import { formatImageReport } from './core/report/format-image-report.js';
import { explain } from './reports/explain.js';
import { lint } from './reports/lint.js';

const usage = `Usage: moltbook-docker <command> [options]

  explain <project | image | Dockerfile | file>
      For an image: its build context and why, its base images, the files it reads and the lines that read them.
      For a file: which images read it, or what keeps it out.
        --files        list all files
  lint [projects…]
      Errors, warnings and advice for the images of all projects or of some. Exits with 1 if there is an error.
        --max-warnings <number>   exits with 1 if there are more warnings

  --json       write JSON to standard output, and nothing else
  --help       show this text
  --version    show the version
`;

const options = {
  json: { type: 'boolean' },
  files: { type: 'boolean' },
  'max-warnings': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];

/** Runs the command line and returns the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function main(args: readonly string[]): Promise<number> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return wrongUsage((error as Error).message);
  }
  const { values, positionals } = parsed;
  if (values.help) return print(usage);
  if (values.version) return print(`${version()}\n`);
  const [command, ...names] = positionals;
  try {
    if (command === 'explain' && names.length === 1) return await runExplain(names[0] ?? '', values);
    if (command === 'lint') return await runLint(names, values);
  } catch (error) {
    if (!(error instanceof DockerPluginError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  return wrongUsage(command === 'explain' ? 'explain takes one name' : `unknown command ${command ?? ''}`);
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

async function runExplain(name: string, { json, files }: Values): Promise<number> {
  const reports = await explain(name);
  if (json) return print(`${JSON.stringify(reports, null, 2)}\n`);
  const texts = reports.map((report) =>
    report.kind === 'file'
      ? formatFileReport(report)
      : formatImageReport(report, { allFiles: files ?? false }),
  );
  return print(texts.join('\n'));
}

async function runLint(projects: readonly string[], values: Values): Promise<number> {
  const most = Number(values['max-warnings'] ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(most)) return wrongUsage('--max-warnings takes a number');
  const problems = await lint(projects);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (values.json) print(`${JSON.stringify(problems, null, 2)}\n`);
  else {
    print(problems.map((problem) => `${formatProblem(problem)}\n\n`).join(''));
    process.stderr.write(`${errors} errors, ${warnings} warnings\n`);
  }
  return errors > 0 || warnings > most ? 1 : 0;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function wrongUsage(reason: string): number {
  process.stderr.write(`moltbook-docker: ${reason}\n\n${usage}`);
  return 2;
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
