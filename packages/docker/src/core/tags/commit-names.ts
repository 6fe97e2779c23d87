import type { Problem } from '../errors.js';
import { parseAnnotation } from '../image/annotation.js';
import { computeTags, type TagOptions } from './compute-tags.js';
import { malformed } from './tag-problem.js';

/** The names of an image for a commit, and what it says of itself. */
export interface CommitNames {
  /** Tags alone, the most important one first. */
  readonly tags: readonly string[];
  /** `key=value` */
  readonly labels: readonly string[];
  /** `manifest,index:key=value`, or with the levels of the rule; none where the rules have no annotations. */
  readonly annotations: readonly string[];
  /** Errors: rules that cannot be read. Warnings: tags that were left out or changed. */
  readonly problems: readonly Problem[];
}

/**
 * The names of one image by the rules of a workspace. Its version is no label and no annotation: names come after the
 * build, and another commit may give more to the same image.
 *
 * @param image Registry and repository.
 */
export function commitNames(
  image: string,
  rules: Pick<TagOptions, 'tags' | 'flavor' | 'labels' | 'annotations'>,
  { facts, now }: Pick<TagOptions, 'facts' | 'now'>,
): CommitNames {
  const { tags, labels, annotations, problems } = computeTags({ images: [image], ...rules, facts, now });
  const own = rules.annotations ? annotations.filter(isKnownAtBuild).map(withLevels) : [];
  return {
    tags: tags.map((ref) => ref.slice(ref.lastIndexOf(':') + 1)),
    labels: labels.filter(isKnownAtBuild),
    annotations: own,
    problems: [...problems, ...own.filter((line) => !parseAnnotation(line)).map(unknownLevel)],
  };
}

/** What names no level is said of each platform, and of all in one. */
function withLevels(line: string): string {
  return /^[^=]*:/.test(line) ? line : `manifest,index:${line}`;
}

function unknownLevel(line: string): Problem {
  return malformed('annotation', line, {
    failure: 'what stands before the : is no level',
    fix: 'write manifest, index, manifest-descriptor or index-descriptor before the :',
  });
}

function isKnownAtBuild(line: string): boolean {
  return !/^(?:org\.opencontainers\.image\.version=|[^=]*=$)/.test(line);
}
