import { readRelease } from '../debian/os-release.mjs';
import { unpackPackages } from '../debian/packages.mjs';
import { Failure } from '../process/failure.mjs';
import { findProgram } from '../process/programs.mjs';

/**
 * The path of kubectl: the one on PATH, or else Debian's, unpacked.
 * @returns {Promise<string>}
 */
export async function findKubectl() {
  const found = findProgram(['kubectl']);
  if (found) return found;
  const release = await readRelease();
  if (release?.id !== 'debian') {
    throw new Failure('The tests need kubectl on PATH: https://kubernetes.io/docs/tasks/tools');
  }
  // Debian 12 has only one of 2020. With its suite, so that none is meant which the system has from elsewhere; the
  // program needs nothing but libc.
  const isOld = release.version !== undefined && release.version < 13;
  const sets = isOld ? [{ suite: 'trixie', packages: ['kubectl/trixie'] }] : [{ packages: ['kubectl'] }];
  return (await unpackPackages('kubectl', { sets, programs: ['kubectl'] })).program('kubectl');
}
