import { familiarImageRef } from '../image/format-image-ref.js';
import { parseImageRef } from '../image/parse-image-ref.js';

/** What an image was built from, and what that is by now. */
export interface BaseFacts {
  /** The external base images of its Dockerfile, normalised. */
  readonly imageRefs: readonly string[];
  /** True where there are more, of which only a build knows the names. */
  readonly hasUnknown: boolean;
  /** Their digests when it was built, as far as the image says. */
  readonly recorded: ReadonlyMap<string, string>;
  /** Their digests of now; what is not in it could not be asked. */
  readonly current: ReadonlyMap<string, string>;
}

/** Whether an image has to be built anew, and why, or why nobody knows; half a sentence. */
export type BaseVerdict =
  | { readonly is: 'moved' | 'unrecorded' | 'unknown'; readonly reason: string }
  | { readonly is: 'same' };

/**
 * Compares the base images of an image with what it was built from. One that cannot be asked says nothing: an image is
 * not built every night because some registry never answers.
 */
export function compareBases({ imageRefs, hasUnknown, recorded, current }: BaseFacts): BaseVerdict {
  const moved = imageRefs.flatMap((ref) => {
    const [old, now] = [recorded.get(ref), current.get(ref)];
    if (old === undefined || now === undefined || old === now) return [];
    return [`${shortRef(ref)} moved from ${shortDigest(old)} to ${shortDigest(now)}`];
  });
  if (moved.length > 0) return { is: 'moved', reason: firstOf(moved) };
  const unasked = imageRefs.filter((ref) => !current.has(ref));
  if (unasked.length > 0)
    return { is: 'unknown', reason: `nobody could say which ${firstOf(unasked.map(shortRef))} there is now` };
  const unrecorded = imageRefs.filter((ref) => !recorded.has(ref));
  if (unrecorded.length > 0 && !hasUnknown)
    return {
      is: 'unrecorded',
      reason: `the image does not say which ${firstOf(unrecorded.map(shortRef))} it was built from`,
    };
  if (hasUnknown) return { is: 'unknown', reason: 'only the build knows what a FROM names' };
  return { is: 'same' };
}

function firstOf([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function shortRef(imageRef: string): string {
  const { ref } = parseImageRef(imageRef);
  return ref ? familiarImageRef(ref) : imageRef;
}

function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
