import type { Problem } from '../errors.js';
import { formatImageName } from '../image/format-image-ref.js';
import { parseImageRef } from '../image/parse-image-ref.js';
import { type LooseRef, splitRef } from './loose-ref.js';

/** Reads references by repository into their parts, by normalised repository. */
export function readChanges(changes: ReadonlyMap<string, string>): {
  wanted: Map<string, LooseRef>;
  problems: Problem[];
} {
  const wanted = new Map<string, LooseRef>();
  const problems: Problem[] = [];
  for (const [repository, reference] of changes) {
    const name = parseImageRef(repository);
    const next = parseImageRef(reference);
    if (name.ref && next.ref) wanted.set(formatImageName(name.ref), splitRef(reference));
    else problems.push(invalidReference(name.ref ? reference : repository, name.reason ?? next.reason ?? ''));
  }
  return { wanted, problems };
}

function invalidReference(text: string, reason: string): Problem {
  return {
    code: 'REFERENCE_INVALID',
    severity: 'error',
    message: `${JSON.stringify(text)} is no image reference: ${reason}`,
    fix: 'write registry/name:tag@digest; the name is lower-case',
  };
}
