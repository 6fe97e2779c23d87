import type { BuildExecutorOptions } from '../../nx/build-options.js';
import type { Image } from '../../nx/image.js';

/**
 * True if an image of the same inputs can stand for what a build would give. A build that is asked for as such is run,
 * and so is one that is to leave more than an image: attestations and caches.
 *
 * @param where In a registry, what CI published stands for its inputs whatever a URL holds by now, as in a plan.
 */
export function mayTake(options: BuildExecutorOptions, image: Image, where: 'engine' | 'registry'): boolean {
  const { force, noCache, pull, sbom, provenance, cacheTo = [] } = options;
  if (force || noCache || pull) return false;
  if (sbom || (provenance !== undefined && provenance !== 'none') || cacheTo.length > 0) return false;
  return where === 'registry' || isKnown(image);
}

/** False if the inputs hold only the address of something that can change. */
function isKnown({ evaluation, options, namedFolders }: Image): boolean {
  const { git, http, usedContexts } = evaluation;
  if ([...git, ...http].some(({ pinned }) => !pinned)) return false;
  return usedContexts.every(
    (key) => Object.hasOwn(namedFolders, key) || options.namedContexts?.[key]?.startsWith('docker-image://'),
  );
}
