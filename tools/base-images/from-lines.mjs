import { Failure } from '../process/failure.mjs';

/**
 * The images, but not the stages, which the FROM lines of a Dockerfile name. Only what this repository's
 * own Dockerfiles use is understood: no variables in a FROM line.
 * @param {string} dockerfile its text
 * @returns {string[]} each once, in their order
 */
export function findBaseImages(dockerfile) {
  const images = new Set();
  const stages = new Set(['scratch']);
  for (const [, image = '', stage] of dockerfile.matchAll(
    /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/gim,
  )) {
    if (image.includes('$'))
      throw new Failure(`Base images named by variables are not understood: FROM ${image}`);
    if (!stages.has(image.toLowerCase())) images.add(image);
    if (stage) stages.add(stage.toLowerCase());
  }
  return [...images];
}
