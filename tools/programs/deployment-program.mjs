import { readRelease } from '../debian/os-release.mjs';
import { unpackPackages } from '../debian/packages.mjs';
import { Failure } from '../process/failure.mjs';
import { findProgram } from '../process/programs.mjs';

/** Those that are missing are unpacked together: the lists of packages take longer to get than most of these. */
const names = ['cosign', 'kubectl', 'kustomize'];

/**
 * The path of a program that deployments need: the one on PATH, or else Debian's, unpacked.
 * @param {string} name one of the above
 * @param {string} page where people find it
 * @returns {Promise<string>}
 */
export async function findDeploymentProgram(name, page) {
  const found = findProgram([name]);
  if (found) return found;
  const release = await readRelease();
  if (release?.id !== 'debian') throw new Failure(`The tests need ${name} on PATH: ${page}`);
  // Debian 12 has none of them, or one of 2020. With its suite, so that none is meant which the system has from elsewhere;
  // the programs need nothing but libc.
  const programs = names.filter((each) => !findProgram([each]));
  const isOld = release.version !== undefined && release.version < 13;
  const sets = isOld
    ? [{ suite: 'trixie', packages: programs.map((program) => `${program}/trixie`) }]
    : [{ packages: programs }];
  return (await unpackPackages('deployment', { sets, programs })).program(name);
}
