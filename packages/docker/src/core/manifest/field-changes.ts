import type { ImageField, ImageScalar } from './image-field.js';
import { joinRef, type LooseRef, repositoryOf, splitRef } from './loose-ref.js';

/** One value that is to be written, left out, or put in behind another. */
export type FieldChange =
  | { readonly kind: 'set'; readonly scalar: ImageScalar; readonly value: string }
  | { readonly kind: 'remove'; readonly scalar: ImageScalar }
  | { readonly kind: 'add'; readonly behind: ImageScalar; readonly key: string; readonly value: string };

/** The changes, or why the field cannot hold the reference. */
export type FieldChanges =
  | { readonly changes: readonly FieldChange[]; readonly reason?: undefined }
  | { readonly changes?: undefined; readonly reason: string; readonly fix: string };

/**
 * Finds what has to change in a field so that it says a reference. A reference without tag and digest changes the name
 * alone; one with a tag or a digest replaces both. A name in a place of its own stays if it is the same repository.
 */
export function fieldChanges(field: ImageField, wanted: LooseRef): FieldChanges {
  const found = changesOf(field, wanted);
  if (!found.changes) return found;
  return { changes: found.changes.filter((each) => each.kind !== 'set' || each.value !== each.scalar.value) };
}

function changesOf(field: ImageField, wanted: LooseRef): FieldChanges {
  const { reference } = field.scalars;
  if (field.form === 'map') return mapChanges(field, wanted);
  if (field.form === 'kustomize') return { changes: kustomizeChanges(field, wanted) };
  if (!reference) return { changes: [] };
  const value =
    field.form === 'override' ? override(reference.value, wanted) : replace(reference.value, wanted);
  return { changes: [{ kind: 'set', scalar: reference, value }] };
}

/** Spelled as it is wanted, unless it says the same already: `docker.io/library/node:20` may stay for `node:20`. */
function replace(text: string, wanted: LooseRef): string {
  const present = splitRef(text);
  const next = { ...versionOf(wanted, present), name: wanted.name };
  return joinRef({ ...next, name: spell(wanted.name, present.name) }) === text ? text : joinRef(next);
}

/** `name=newName:tag`, or `name:tag` where the name stays. */
function override(text: string, wanted: LooseRef): string {
  const equals = text.indexOf('=');
  if (equals >= 0) return `${text.slice(0, equals)}=${replace(text.slice(equals + 1), wanted)}`;
  const { name } = splitRef(text);
  const next = replace(text, wanted);
  return repositoryOf(next) === repositoryOf(name) ? next : `${name}=${next}`;
}

function kustomizeChanges({ scalars }: ImageField, wanted: LooseRef): FieldChange[] {
  const { name, newName, tag, digest } = scalars;
  if (!name) return [];
  const named = newName ?? name;
  const spelled = spell(wanted.name, named.value);
  const isJoined = tag?.value.includes('@') === true;
  const present = { ...(tag && { tag: tag.value }), ...(digest && { digest: digest.value }) };
  const next = versionOf(wanted, present);
  const joined = isJoined ? { tag: joinRef({ ...next, name: '' }).replace(/^:/, '') } : next;
  const behind = newName ?? name;
  return [
    ...(newName || spelled !== name.value
      ? put(newName, { key: 'newName', value: spelled, behind: name })
      : []),
    ...put(tag, { key: 'newTag', value: joined.tag, behind }),
    ...put(digest, { key: 'digest', value: joined.digest, behind: tag ?? behind }),
  ];
}

/** A chart without a key for the digest puts a colon and the tag behind the name: there the tag may hold both. */
function mapChanges({ scalars }: ImageField, wanted: LooseRef): FieldChanges {
  const { registry, name, tag, digest } = scalars;
  const full = registry ? `${registry.value}/${name?.value ?? ''}` : (name?.value ?? '');
  const names = name && spell(wanted.name, full) !== full ? nameChanges(scalars, wanted) : [];
  if (wanted.tag === undefined && wanted.digest === undefined) return { changes: names };
  if (digest && !tag && !name && wanted.digest === undefined)
    return {
      reason: 'it is a digest alone, and there is none to write',
      fix: 'write digests as well ("form": "both"), or remove the comment that names the image',
    };
  if (digest) {
    const value = hasPrefix(digest) ? (wanted.digest ?? '') : (wanted.digest ?? '').replace(/^sha256:/, '');
    const tags = wanted.tag === undefined ? [] : put(tag, { key: 'tag', value: wanted.tag, behind: name });
    return { changes: [...names, ...tags, { kind: 'set', scalar: digest, value }] };
  }
  if (wanted.tag === undefined)
    return {
      reason: 'there is no key for a digest alone',
      fix: 'add digest: "" beside the tag, or write tags and digests ("form": "both")',
    };
  const value = wanted.digest === undefined ? wanted.tag : `${wanted.tag}@${wanted.digest}`;
  return { changes: [...names, ...put(tag, { key: 'tag', value, behind: name })] };
}

function nameChanges({ registry, name }: ImageField['scalars'], wanted: LooseRef): FieldChange[] {
  if (!name) return [];
  if (!registry) return [{ kind: 'set', scalar: name, value: wanted.name }];
  const slash = wanted.name.indexOf('/');
  const domain = slash < 0 ? '' : wanted.name.slice(0, slash);
  const isDomain = /[.:]|^localhost$/.test(domain);
  return [
    { kind: 'set', scalar: registry, value: isDomain ? domain : 'docker.io' },
    { kind: 'set', scalar: name, value: isDomain ? wanted.name.slice(slash + 1) : wanted.name },
  ];
}

function put(
  scalar: ImageScalar | undefined,
  next: { key: string; value: string | undefined; behind: ImageScalar | undefined },
): FieldChange[] {
  const { key, value, behind } = next;
  if (value !== undefined && value !== '') {
    if (scalar) return [{ kind: 'set', scalar, value }];
    return behind ? [{ kind: 'add', behind, key, value }] : [];
  }
  return scalar && scalar.value !== '' ? [{ kind: 'remove', scalar }] : [];
}

function versionOf(wanted: LooseRef, present: Partial<LooseRef>): Partial<LooseRef> {
  const { tag, digest } = wanted.tag === undefined && wanted.digest === undefined ? present : wanted;
  return { ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

function spell(wanted: string, present: string): string {
  return repositoryOf(wanted) === repositoryOf(present) ? splitRef(present).name : wanted;
}

function hasPrefix({ value }: ImageScalar): boolean {
  return !/^[\da-f]{64}$/.test(value);
}
