import { setTimeout } from 'node:timers/promises';
import { DockerPluginError } from '../../core/errors.js';
import { formatImageName, resolveImageRef } from '../../core/image/format-image-ref.js';
import { parseImageRef } from '../../core/image/parse-image-ref.js';
import { eachLimited } from '../each-limited.js';
import { openRegistry } from './open-registry.js';

/** What a registry holds under a name now, or why nobody knows, half a sentence. */
export type DigestAnswer = { readonly digest: string } | { readonly failure: string };

const answers = new Map<string, Promise<DigestAnswer>>();

/** Milliseconds: nobody waits longer for an image that is only asked about. */
const longest = 5000;

/**
 * Asks the registries of images for their digests of now, side by side. Each image is asked about but once in a
 * process, with the login of its registry, and an answer that does not come is no error.
 *
 * @param imageRefs Without digests: `docker.io/library/node:20`.
 */
export async function askDigests(
  imageRefs: readonly string[],
  timeout = longest,
): Promise<ReadonlyMap<string, DigestAnswer>> {
  const entries = await eachLimited(
    imageRefs,
    async (imageRef): Promise<[string, DigestAnswer]> => {
      const answer = answers.get(imageRef) ?? askDigest(imageRef, timeout);
      answers.set(imageRef, answer);
      return [imageRef, await answer];
    },
    32,
  );
  return new Map(entries);
}

async function askDigest(imageRef: string, timeout: number): Promise<DigestAnswer> {
  // A login may take several requests, and a credential helper longer than any of them.
  const tooLate = setTimeout(timeout, { failure: 'its registry does not answer in time' }, { ref: false });
  try {
    return await Promise.race([readDigest(imageRef, timeout), tooLate]);
  } catch (error) {
    if (!(error instanceof DockerPluginError)) throw error;
    return { failure: error.problems[0]?.message ?? '' };
  }
}

async function readDigest(imageRef: string, timeout: number): Promise<DigestAnswer> {
  const { ref, reason } = parseImageRef(imageRef);
  if (!ref) return { failure: reason };
  const { tag = 'latest' } = resolveImageRef(ref);
  const registry = openRegistry(formatImageName(ref), { attempts: 1, firstDelay: 0, timeout });
  const found = await registry.head(tag);
  return found ? { digest: found.digest } : { failure: 'its registry has no such image' };
}
