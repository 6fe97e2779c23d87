import { createHash } from 'node:crypto';

const longest = 128;
const hashLength = 8;

/** A tag by the grammar `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`, made of any text; empty if nothing of it remains. */
export interface UsableTag {
  readonly tag: string;
  /** True if it was longer than 128 characters. */
  readonly cut: boolean;
}

/**
 * Replaces what a tag cannot have by `-`, drops `-` and `.` in front, and cuts what is too long. The hash at the
 * end of a cut one covers the whole text, so two texts that differ only in the rest still differ.
 */
export function usableTag(text: string): UsableTag {
  const tag = text.replace(/[^a-zA-Z0-9._-]+/g, '-').replace(/^[-.]+/, '');
  if (tag.length <= longest) return { tag, cut: false };
  const hash = createHash('sha256').update(text).digest('hex').slice(0, hashLength);
  return { tag: `${tag.slice(0, longest - hashLength - 1)}-${hash}`, cut: true };
}
