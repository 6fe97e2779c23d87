import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.js';

/**
 * What shellcheck has against scripts of bash, one sentence each.
 *
 * @throws Error where there is no shellcheck: a check that does not run has found nothing.
 */
export async function shellcheck(scripts: readonly string[]): Promise<string[]> {
  const program = process.env.MOLTBOOK_SHELLCHECK;
  if (!program) throw new Error('MOLTBOOK_SHELLCHECK is not set: run the tests by npm test');
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-scripts-'));
  try {
    const names = scripts.map((script, index) => {
      writeFileSync(join(folder, `${index}.sh`), script);
      return `${index}.sh`;
    });
    const flags = ['--shell=bash', '--format=json', '--norc'];
    const { stdout, exitCode } = await run([program, ...flags, ...names], { cwd: folder, mayFail: true });
    if (exitCode > 1) throw new Error(`shellcheck ended with ${exitCode}`);
    const findings: { file: string; line: number; message: string; code: number }[] = JSON.parse(stdout);
    return findings.map(
      ({ file, line, code, message }) =>
        `SC${code}: ${message} (${scripts[Number.parseInt(file, 10)]?.split('\n')[line - 1]})`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
