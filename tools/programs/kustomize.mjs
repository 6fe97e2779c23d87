import { readRelease } from '../debian/os-release.mjs';
import { unpackPackages } from '../debian/packages.mjs';
import { Failure } from '../process/failure.mjs';
import { findProgram } from '../process/programs.mjs';

/**
 * The path of kustomize: the one on PATH, or else Debian's, unpacked.
 * @returns {Promise<string>}
 */
export async function findKustomize() {
  const found = findProgram(['kustomize']);
  if (found) return found;
  const release = await readRelease();
  if (release?.id !== 'debian') {
    throw new Failure(
      'The tests need kustomize on PATH: https://kubectl.docs.kubernetes.io/installation/kustomize',
    );
  }
  // Debian has it since release 13; the program needs nothing but libc.
  const suite = release.version !== undefined && release.version < 13 ? { suite: 'trixie' } : {};
  const sets = [{ ...suite, packages: ['kustomize'] }];
  return (await unpackPackages('kustomize', { sets, programs: ['kustomize'] })).program('kustomize');
}
