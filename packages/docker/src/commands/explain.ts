import { formatFileReport } from '../core/report/format-file-report.js';
import { formatImageReport } from '../core/report/format-image-report.js';
import { readTerminal } from '../host/read-terminal.js';
import { explain } from '../reports/images/explain.js';
import { type Command, print, UsageError, type Values } from './command.js';

export const explainCommand: Command = {
  usage: `
  explain <project | image | Dockerfile | file>
      An image: its build context and why, its stages and base images, the files it reads and
      the lines that read them. A file: which images read it, or what keeps it out.
        --files                   lists all files
        --json                    writes JSON
`,
  options: { files: { type: 'boolean' }, json: { type: 'boolean' } },
  run: runExplain,
};

async function runExplain(names: readonly string[], { json, files }: Values): Promise<number> {
  const [name] = names;
  if (name === undefined || names.length > 1) throw new UsageError('explain takes one name');
  const reports = await explain(name);
  if (json) return print(`${JSON.stringify(reports, null, 2)}\n`);
  const terminal = readTerminal();
  const texts = reports.map((report) =>
    report.kind === 'file'
      ? formatFileReport(report, terminal)
      : formatImageReport(report, { allFiles: files === true, terminal }),
  );
  return print(texts.join('\n\n'));
}
