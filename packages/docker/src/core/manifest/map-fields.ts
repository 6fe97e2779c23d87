import type { DraftField, VisitedMap } from './draft-field.js';
import type { ImageLayer, ImageScalar, ImageScalars } from './image-field.js';
import { joinRef, repositoryOf, splitRef } from './loose-ref.js';
import { scalarOf, textOf } from './yaml-nodes.js';

/** Finds the field that a map is or holds: `image: …`, or `repository`, `tag` and their like. */
export function mapField(at: VisitedMap, layer: ImageLayer): DraftField | undefined {
  return repositoryField(at) ?? imageField(at, layer) ?? referenceField(at) ?? patchField(at);
}

/** The map of a Helm chart's values. A map that has only a repository is taken for one under a key `image`. */
function repositoryField(at: VisitedMap): DraftField | undefined {
  const isImage = /image$/i.test(at.key);
  const tag = scalarOf(at, 'tag');
  const digest = scalarOf(at, 'digest') ?? nonEmpty(scalarOf(at, 'sha'));
  const isVersioned = tag !== undefined || digest !== undefined;
  const repository = nonEmpty(scalarOf(at, 'repository'));
  const name =
    (isVersioned || isImage ? repository : undefined) ??
    (isVersioned && isImage ? nonEmpty(scalarOf(at, 'name')) : undefined) ??
    (tag ? nameAlone(nonEmpty(scalarOf(at, 'image'))) : undefined);
  if (!name) return undefined;
  const registry = nonEmpty(scalarOf(at, 'registry'));
  const scalars = { ...(registry && { registry }), name, ...(tag && { tag }), ...(digest && { digest }) };
  if (!isVersioned && joinRef(splitRef(name.value)) !== splitRef(name.value).name)
    return { form: 'reference', path: name.path, scalars: { reference: name }, ...pullPolicy(at) };
  return { form: 'map', path: at.path, scalars, ...pullPolicy(at) };
}

function imageField(at: VisitedMap, layer: ImageLayer): DraftField | undefined {
  const reference = nonEmpty(scalarOf(at, 'image'));
  if (!reference) return undefined;
  const isBuilt = layer === 'compose' && at.map.has('build');
  return {
    ...fieldOf(reference),
    ...pullPolicy(at),
    ...(isBuilt && { unmanaged: 'compose builds it here, and this is the name it gives' }),
  };
}

/** An image volume: https://kubernetes.io/docs/tasks/configure-pod-container/image-volumes. */
function referenceField(at: VisitedMap): DraftField | undefined {
  const reference = at.key === 'image' ? nonEmpty(scalarOf(at, 'reference')) : undefined;
  return reference && { ...fieldOf(reference), ...pullPolicy(at) };
}

/** An operation of a JSON patch that puts an image somewhere. */
function patchField(at: VisitedMap): DraftField | undefined {
  const isPatch = at.map.has('op') && /\/image$/.test(textOf(at, 'path') ?? '');
  const value = isPatch ? nonEmpty(scalarOf(at, 'value')) : undefined;
  return value && fieldOf(value);
}

export function fieldOf(reference: ImageScalar): DraftField {
  return { form: 'reference', path: reference.path, scalars: { reference } };
}

/** What all scalars of a map say together. */
export function mapReference({ registry, name, tag, digest }: ImageScalars): string {
  const full = registry ? `${registry.value}/${name?.value ?? ''}` : (name?.value ?? '');
  return joinRef({
    name: full,
    ...(tag && { tag: tag.value }),
    ...(digest && { digest: fullDigest(digest.value) }),
  });
}

/** Some charts put `sha256:` before it themselves. */
function fullDigest(value: string): string {
  return /^[\da-f]{64}$/.test(value) ? `sha256:${value}` : value;
}

function nameAlone(scalar: ImageScalar | undefined): ImageScalar | undefined {
  return scalar && splitRef(scalar.value).name === scalar.value && repositoryOf(scalar.value)
    ? scalar
    : undefined;
}

function nonEmpty(scalar: ImageScalar | undefined): ImageScalar | undefined {
  return scalar?.value ? scalar : undefined;
}

function pullPolicy(at: VisitedMap): { pullPolicy?: string } {
  const policy = textOf(at, 'imagePullPolicy') ?? textOf(at, 'pullPolicy');
  return policy ? { pullPolicy: policy } : {};
}
