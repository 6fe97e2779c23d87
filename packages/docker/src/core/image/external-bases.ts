import type { Evaluation, ImageUse } from './evaluation.js';
import { parseImageRef } from './parse-image-ref.js';

/** The images from outside of the workspace that a build reads and that can become others under the same name. */
export interface ExternalBases {
  /** Normalised, sorted, each once: `docker.io/library/node:20`. */
  readonly imageRefs: readonly string[];
  /** The one of them that the image itself is based on. */
  readonly own?: string;
  /** False where there are more, of which only the build knows the names. */
  readonly isComplete: boolean;
}

/**
 * Finds them among the images of the reachable stages. A digest names the same image for ever. What a named context
 * replaces is not read; an image that replaces another is.
 *
 * @param workspace References to images of the workspace, as they stand after expansion.
 */
export function externalBases(evaluation: Evaluation, workspace: Iterable<string>): ExternalBases {
  const own = new Set(workspace);
  const unknown = unknownLines(evaluation);
  const isExternal = ({ text, imageRef, place }: ImageUse) =>
    !own.has(text) && !unknown.has(place.line) && parseImageRef(imageRef).ref?.digest === undefined;
  const { baseImage } = evaluation;
  return {
    imageRefs: [...new Set(evaluation.images.filter(isExternal).map(({ imageRef }) => imageRef))].sort(),
    ...(baseImage && isExternal(baseImage) && { own: baseImage.imageRef }),
    isComplete: unknown.size === 0,
  };
}

/** Lines of reachable FROMs whose variables only the build knows. */
function unknownLines({ problems, reachableInstructions }: Evaluation): ReadonlySet<number | undefined> {
  const lines = problems.flatMap(({ code, place }) => (code === 'DOCKERFILE_UNKNOWN' ? [place?.line] : []));
  const froms = reachableInstructions.filter(({ keyword }) => keyword === 'FROM');
  return new Set(
    lines.filter((line = 0) => froms.some(({ startLine, endLine }) => startLine <= line && line <= endLine)),
  );
}
