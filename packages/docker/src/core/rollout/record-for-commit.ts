import type { PublishedRecord } from '../build/published-record.js';
import { isMutableTag } from '../manifest/wanted-reference.js';
import { commitTag } from '../registry/guard-tag.js';

/** An image as it was at a commit. */
export interface ImageAtCommit {
  readonly project: string;
  readonly target: string;
  /** Registry and repository. */
  readonly image: string;
  readonly commit: string;
  readonly digest: string;
  /** Tags that have this digest, the mark of the commit among them or not. */
  readonly tags: readonly string[];
}

/** The record that a build of the commit would have left, as far as manifests need it, with tags that never move. */
export function recordForCommit({ commit, tags, ...about }: ImageAtCommit): PublishedRecord {
  const fixed = [...new Set([...tags.filter((tag) => !isMutableTag(tag)), commitTag(commit)])];
  return {
    version: 1,
    project: about.project,
    target: about.target,
    image: about.image,
    imageRef: `${about.image}:${fixed[0]}`,
    tags: fixed,
    digest: about.digest,
    pushed: true,
    revision: commit,
    platforms: [],
    duration: 0,
  };
}
