import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const { PATH } = process.env;

afterEach(() => {
  process.env.PATH = PATH;
});

/** Puts a kubectl into PATH until the end of the test that answers by a shell script: `$*` is what it is asked. */
export function answerKubectl(script: string): void {
  const bin = mkdtempSync(join(tmpdir(), 'moltbook-docker-bin-'));
  writeFileSync(join(bin, 'kubectl'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'kubectl'), 0o755);
  process.env.PATH = [bin, PATH].join(delimiter);
}
