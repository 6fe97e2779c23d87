import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { AuditReport } from '../core/audit/audit-report.js';
import { formatDiff } from '../core/audit/fix/format-diff.js';
import type { MendedFile } from '../core/audit/fix/mend-workflows.js';
import { countFindings, formatAudit } from '../core/audit/format-audit.js';
import { formatSarif } from '../core/audit/format-sarif.js';
import { formatAuditHtml } from '../core/audit/html/format-audit-html.js';
import { formatReplay } from '../core/audit/replay/format-replay.js';
import { readTerminal } from '../host/read-terminal.js';
import { writeFileWhole } from '../host/write-file.js';
import { auditWorkspace, findRepository, openRepository } from '../reports/audit/audit.js';
import { fixAudit } from '../reports/audit/audit-fix.js';
import { auditHistory } from '../reports/audit/audit-history.js';
import { type Command, print, requireNoNames, textOf, UsageError, type Values } from './command.js';

export const auditCommand: Command = {
  usage: `
  audit
      Compares the workflows of GitHub Actions and GitLab in this repository with what their
      images are built from. Exits with 1 if a filter misses a build input. Needs no Nx.
        --since <revision>        replays the commits after it: what was missed, what was wasted
        --fix                     mends the lists of paths and shows what changed
        --json                    writes JSON
        --sarif                   writes SARIF, for code scanning
        --html <file>             writes a page to a file as well
`,
  options: {
    since: { type: 'string' },
    fix: { type: 'boolean' },
    json: { type: 'boolean' },
    sarif: { type: 'boolean' },
    html: { type: 'string' },
  },
  run: runAudit,
};

async function runAudit(names: readonly string[], values: Values): Promise<number> {
  requireNoNames(names);
  if (values.json && values.sarif) throw new UsageError('--json and --sarif cannot be given together');
  const repository = await findRepository(process.cwd());
  const found = await auditWorkspace(await openRepository(repository), repository.facts);
  const { files, audit } = values.fix ? await fixAudit(found, repository) : { files: [], audit: found };
  const since = textOf(values, 'since');
  const replay = since === undefined ? undefined : await auditHistory(repository, since);
  const report = { ...audit.report, ...(replay && { replay }) };
  const page = textOf(values, 'html');
  const title = repository.facts.repository ?? basename(repository.root);
  if (page !== undefined)
    writeFileWhole(resolve(page), formatAuditHtml({ title, report, ...(replay && { replay }) }));
  writeReport(report, { values, files });
  return report.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function writeReport(
  report: AuditReport,
  { values, files }: { values: Values; files: readonly MendedFile[] },
): number {
  if (values.json) return print(`${JSON.stringify(report, null, 2)}\n`);
  if (values.sarif) return print(formatSarif(report, version()));
  const terminal = readTerminal();
  const diffs = files.map((file) => `${formatDiff(file, terminal)}\n`);
  const replay = report.replay ? `\n${formatReplay(report.replay, terminal)}` : '';
  print(`${diffs.join('')}${formatAudit(report, terminal)}${replay}`);
  process.stderr.write(`${countFindings(report)}\n`);
  return 0;
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
