import { DockerPluginError, type Place, type Problem } from '../../core/errors.js';
import { joinRef, splitRef } from '../../core/manifest/loose-ref.js';

/** Asks a registry for the digest of a reference; nothing where it is not there. */
export type Prove = (imageRef: string) => Promise<string | undefined>;

/** A reference that is about to be written, and the first place where. */
export interface NewReference {
  readonly reference: string;
  readonly place: Place;
}

/**
 * Asks for the tag and the digest of each reference: both must be there and be the same image. A registry that does not
 * answer is a problem of the reference.
 */
export async function proveReferences(references: readonly NewReference[], prove: Prove): Promise<Problem[]> {
  const found = await Promise.all(
    references.map(async ({ reference, place }) => {
      const problems = await proveReference(reference, prove).catch(problemsOf);
      return problems.map((problem): Problem => ({ place, ...problem }));
    }),
  );
  return found.flat();
}

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof DockerPluginError) return error.problems;
  throw error;
}

async function proveReference(reference: string, prove: Prove): Promise<Problem[]> {
  const { name, tag, digest } = splitRef(reference);
  const byDigest = digest === undefined ? undefined : await prove(joinRef({ name, digest }));
  if (digest !== undefined && byDigest === undefined) return [missing(joinRef({ name, digest }))];
  const tagged = joinRef({ name, ...(tag !== undefined && { tag }) });
  if (tag === undefined) return [];
  const found = await prove(tagged);
  if (found === undefined) return [missing(tagged)];
  return digest === undefined || found === digest ? [] : [moved(tagged, found, digest)];
}

function missing(reference: string): Problem {
  return {
    code: 'REFERENCE_MISSING',
    severity: 'error',
    message: `the registry has no ${reference}`,
    fix: 'publish the image first, and take the records of that build',
  };
}

function moved(reference: string, found: string, wanted: string): Problem {
  return {
    code: 'REFERENCE_MISSING',
    severity: 'error',
    message: `the registry has ${found} under ${reference}, and not ${wanted}`,
    fix: 'take the records of the build that was published last, or write digests alone (--form digest)',
  };
}
