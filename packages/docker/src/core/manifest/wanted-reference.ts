import type { PublishedRecord } from '../build/published-record.js';
import { joinRef, repositoryOf, splitRef } from './loose-ref.js';

/** What a reference is given: a tag, a digest or both. */
export type ReferenceForm = 'tag' | 'digest' | 'both';

/** The reference, or why the record has none of that form. */
export type WantedReference =
  | { readonly reference: string; readonly reason?: undefined }
  | { readonly reference?: undefined; readonly reason: string; readonly fix: string };

/**
 * The reference that manifests are to have for a published image: with the tag that says most and never moves, and the
 * digest that the registry has.
 */
export function wantedReference(record: PublishedRecord, form: ReferenceForm): WantedReference {
  const name = record.image;
  const tag = form === 'digest' ? undefined : chooseTag(record);
  const digest = record.pushed ? record.digest : undefined;
  if (form === 'tag' && tag === undefined)
    return { reason: `${name} was built without a tag`, fix: 'build it with a tag, or write digests' };
  if (form === 'tag') return { reference: joinRef({ name, ...(tag !== undefined && { tag }) }) };
  if (digest === undefined)
    return {
      reason: `${name} was built but not pushed, so no registry has a digest of it`,
      fix: 'push it and take the record of that build, or write tags alone (--form tag)',
    };
  return { reference: joinRef({ name, digest, ...(tag !== undefined && { tag }) }) };
}

/** True for a tag that is meant to move: a branch, `latest`, a part of a version. */
export function isMutableTag(tag: string): boolean {
  return !isVersion(tag) && !/(?:^|[-_.])[\da-f]{7,64}$/.test(tag);
}

/** A whole version first, then the tag of the commit, then what the build named first. */
function chooseTag({ tags, imageRef, revision, image }: PublishedRecord): string | undefined {
  const first = repositoryOf(imageRef) === repositoryOf(image) ? splitRef(imageRef).tag : undefined;
  const all = [...(first === undefined ? [] : [first]), ...tags].filter((tag) => !tag.startsWith('inputs-'));
  const ofCommit = revision === undefined ? [] : all.filter((tag) => tag.includes(revision.slice(0, 7)));
  const [shortest] = [...ofCommit].sort((a, b) => a.length - b.length);
  return all.find(isVersion) ?? shortest ?? all.find((tag) => !isMutableTag(tag)) ?? all[0];
}

function isVersion(tag: string): boolean {
  return /^v?\d+\.\d+\.\d+(?:[-_.+].*)?$/.test(tag);
}
