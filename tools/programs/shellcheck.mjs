import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRelease } from '../debian/os-release.mjs';
import { unpackPackages } from '../debian/packages.mjs';
import { Failure } from '../process/failure.mjs';
import { findProgram } from '../process/programs.mjs';

/**
 * The path of shellcheck: the one on PATH, or else Debian's, unpacked.
 * @returns {Promise<string>}
 */
export async function findShellcheck() {
  const found = findProgram(['shellcheck']);
  if (found) return found;
  const id = (await readRelease())?.id;
  if (id !== 'debian' && id !== 'ubuntu') {
    throw new Failure('The tests need shellcheck on PATH: https://www.shellcheck.net');
  }
  const sets = [{ packages: ['shellcheck'] }];
  const unpacked = await unpackPackages('shellcheck', { sets, programs: ['shellcheck'] });
  const launcher = join(unpacked.root, 'shellcheck-launcher');
  await writeFile(
    launcher,
    `#!/bin/sh
export LD_LIBRARY_PATH='${unpacked.env.LD_LIBRARY_PATH ?? ''}'
exec '${unpacked.program('shellcheck')}' "$@"
`,
    { mode: 0o755 },
  );
  return launcher;
}
