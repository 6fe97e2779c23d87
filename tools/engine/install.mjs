import { readRelease } from '../debian/os-release.mjs';
import { unpackPackages } from '../debian/packages.mjs';
import { Failure } from '../process/failure.mjs';

const programs = ['dockerd', 'containerd', 'runc', 'docker', 'iptables-nft', 'ip'];

/** @typedef {import('../debian/os-release.mjs').Release} Release */
/** @typedef {import('../debian/packages.mjs').PackageSet} PackageSet */

/**
 * Docker from the distribution's packages: daemon, client and buildx, unpacked beside the system.
 * @returns {Promise<import('../debian/packages.mjs').Unpacked>}
 */
export async function installEngine() {
  const release = await readRelease();
  const sets = release && process.getuid?.() === 0 ? choosePackages(release) : undefined;
  if (!sets) {
    throw new Failure(
      'No container engine answers, and the tools can only start one as root on Debian 12 or Ubuntu 22.04 and later. ' +
        'Install Docker with buildx (https://docs.docker.com/engine/install) or Podman, start it, and run this again.',
    );
  }
  return unpackPackages('engine', { sets, programs });
}

/**
 * Where the packages of a recent Docker with buildx come from on this release.
 * @param {Release} release
 * @returns {PackageSet[] | undefined} undefined where the tools know none
 */
export function choosePackages({ id, version = Number.POSITIVE_INFINITY }) {
  const network = ['iptables', 'iproute2'];
  if (id === 'debian' && version >= 13) {
    return [{ packages: ['docker.io', 'docker-cli', 'docker-buildx', ...network] }];
  }
  if (id === 'debian' && version === 12) {
    // Its own Docker is 20.10 without buildx. Docker of the next release runs on it, but for runc, which
    // wants a newer libc.
    return [
      { suite: 'trixie', packages: ['docker.io', 'docker-cli', 'docker-buildx', 'containerd'] },
      { packages: ['runc', 'libsystemd0', ...network] },
    ];
  }
  if (id === 'ubuntu' && version >= 22.04) return [{ packages: ['docker.io', 'docker-buildx', ...network] }];
  return undefined;
}
