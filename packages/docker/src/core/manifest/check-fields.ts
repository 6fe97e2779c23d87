import type { Problem } from '../errors.js';
import type { FileField } from './find-winners.js';
import { isSameReference, splitRef } from './loose-ref.js';
import { isMutableTag } from './wanted-reference.js';

export interface CheckOptions {
  /** Wanted references by normalised repository. */
  readonly wanted: ReadonlyMap<string, string>;
  /** Normalised repositories of the workspace's images: only those are judged. */
  readonly known: ReadonlySet<string>;
  readonly winners: ReadonlyMap<FileField, FileField>;
}

/** A problem with the field that it is about, for its place. */
export interface FieldProblem {
  readonly field: FileField;
  readonly problem: Problem;
}

/** Judges each field of a workspace's own images: against what was published, against other layers, and by its tag. */
export function checkFields(fields: readonly FileField[], options: CheckOptions): FieldProblem[] {
  return fields
    .filter(({ repository, unmanaged }) => unmanaged === undefined && options.known.has(repository))
    .flatMap((field) =>
      [staleness(field, options), contradiction(field, options), pullPolicy(field, options)].flatMap(
        (problem) => (problem ? [{ field, problem: { ...problem, place: field.place } }] : []),
      ),
    );
}

function staleness(field: FileField, { wanted, winners }: CheckOptions): Problem | undefined {
  const reference = wanted.get(field.repository);
  if (reference === undefined || isSameReference(field.reference, reference)) return undefined;
  if (isOpen(field) && winners.has(field)) return undefined;
  return {
    code: 'REFERENCE_STALE',
    severity: 'error',
    message: `${field.reference} is not what was published: ${reference}`,
    fix: 'run moltbook-docker k8s set with the same records',
  };
}

/** A name without tag and digest says nothing, so that nothing can contradict it. */
function contradiction(field: FileField, { winners }: CheckOptions): Problem | undefined {
  const winner = winners.get(field);
  if (!winner || isOpen(field) || isSameReference(field.reference, winner.reference)) return undefined;
  const where = `${winner.place.file}:${winner.place.line}`;
  const isApplication = winner.layer === 'application';
  return {
    code: 'REFERENCE_HIDDEN',
    severity: isApplication ? 'error' : 'warning',
    message: `${field.reference} never reaches a cluster: ${nameOf(winner)} in ${where} makes it ${winner.reference}`,
    fix: isApplication
      ? `remove the image from ${where}, or let k8s set write both`
      : 'remove the tag here, or let k8s set write both',
  };
}

function pullPolicy(field: FileField, { winners }: CheckOptions): Problem | undefined {
  if (field.form !== 'reference' || field.layer !== 'manifest') return undefined;
  const { tag = 'latest', digest } = splitRef((winners.get(field) ?? field).reference);
  // Kubernetes pulls `latest` each time unless it is told otherwise, and any other tag only once.
  const policy = field.pullPolicy ?? (tag === 'latest' ? 'Always' : 'IfNotPresent');
  if (digest !== undefined || !isMutableTag(tag) || policy === 'Always') return undefined;
  return {
    code: 'ADVICE',
    severity: 'warning',
    message: `the tag ${tag} moves, and with imagePullPolicy ${policy} a node keeps what it pulled first`,
    fix: 'write a digest or a tag that does not move, or imagePullPolicy: Always',
  };
}

function isOpen({ reference }: FileField): boolean {
  const { tag, digest } = splitRef(reference);
  return tag === undefined && digest === undefined;
}

function nameOf({ layer, kind }: FileField): string {
  return layer === 'application' ? `the ${kind}` : `the ${kind.toLowerCase()}`;
}
