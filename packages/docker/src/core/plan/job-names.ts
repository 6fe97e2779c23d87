import { createHash } from 'node:crypto';

/** Longest id of a job: it becomes part of an artifact's name and of a folder's. */
export const longestId = 80;

/**
 * Gives each image a name of `a-z`, `0-9`, `.`, `_` and `-` that is no other image's. Where that is not possible
 * without it, a short hash of the id is added to all that would share a name, so that no name depends on an order.
 */
export function imageSlugs(ids: readonly string[]): ReadonlyMap<string, string> {
  const plain = new Map(ids.map((id) => [id, slugOf(id)]));
  const counts = new Map<string, number>();
  for (const slug of plain.values()) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  return new Map(
    [...plain].map(([id, slug]) => {
      const isClear = slug !== '' && slug.length <= longestSlug && counts.get(slug) === 1;
      return [id, isClear ? slug : withHash(slug, id, longestSlug)];
    }),
  );
}

/** Room for ` and 255 more` and a platform behind it. */
const longestSlug = 40;

/** `text-1a2b3c4d`, not longer than `most`. */
export function withHash(text: string, of: string, most: number): string {
  const hash = createHash('sha256').update(of).digest('hex').slice(0, 8);
  return [text.slice(0, most - 9).replace(/[._-]+$/, ''), hash].filter(Boolean).join('-');
}

/** `api` for `api:docker-build`, `api-worker` for `api:docker-build-worker`. */
function slugOf(id: string): string {
  return slugText(labelOf(id));
}

/** What people call an image: its project, with what tells it from others of the project. */
export function labelOf(id: string): string {
  const colon = id.lastIndexOf(':');
  const suffix = id.slice(colon + 1).replace(/^docker-build-?/, '');
  return [id.slice(0, colon), suffix].filter(Boolean).join('-');
}

/** Lower case, because artifacts of one run must differ in more than that. */
export function slugText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[._-]+|[._-]+$/g, '');
}

/** A name for people, in one line, without what a log or a page could take for more than text. */
export function plainName(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : line;
}
