import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRelease } from '../debian/os-release.mjs';
import { unpackPackages } from '../debian/packages.mjs';
import { Failure } from '../process/failure.mjs';
import { findProgram } from '../process/programs.mjs';

/**
 * The path of a program whose Debian package has its name: the one on PATH, or else Debian's, unpacked.
 * @param {string} name
 * @param {string} page where people find it
 * @returns {Promise<string>}
 */
export async function findDebianProgram(name, page) {
  const found = findProgram([name]);
  if (found) return found;
  const id = (await readRelease())?.id;
  if (id !== 'debian' && id !== 'ubuntu') throw new Failure(`The tests need ${name} on PATH: ${page}`);
  const unpacked = await unpackPackages(name, { sets: [{ packages: [name] }], programs: [name] });
  // It runs with the libraries that came with it.
  const launcher = join(unpacked.root, `${name}-launcher`);
  await writeFile(
    launcher,
    `#!/bin/sh
export LD_LIBRARY_PATH='${unpacked.env.LD_LIBRARY_PATH ?? ''}'
exec '${unpacked.program(name)}' "$@"
`,
    { mode: 0o755 },
  );
  return launcher;
}
