import type { Problem } from '../errors.js';
import type { TagFacts } from './facts.js';

export interface TagOptions {
  /** Registry and repository, as in metadata-action: `ghcr.io/acme/api`, `name=…,enable=false`. */
  readonly images: readonly string[];
  /**
   * Rules as in metadata-action: `type=semver,pattern={{version}}`. Left out, `defaultTagRules` and
   * `defaultFlavor` count; an empty list has metadata-action's own default rules.
   */
  readonly tags?: readonly string[];
  /** `latest=auto`, `prefix=…`, `suffix=…,onlatest=true`. */
  readonly flavor?: readonly string[];
  /** `key=value`; they win over the labels made from the facts. */
  readonly labels?: readonly string[];
  readonly annotations?: readonly string[];
  /** Written in front of each annotation, as buildx wants it: `index:key=value`. Left out, nothing is. */
  readonly annotationLevels?: readonly AnnotationLevel[];
  readonly facts: TagFacts;
  /** The clock, for `{{date …}}`, and for the label `created` where the commit's date is unknown. */
  readonly now: Date;
}

export type AnnotationLevel = 'manifest' | 'index' | 'manifest-descriptor' | 'index-descriptor';

export interface ComputedTags {
  /** Full references: each image with each tag, the one with the highest priority first; `latest` last. */
  readonly tags: readonly string[];
  /** The first tag without its image; empty if there is none. */
  readonly version: string;
  /** `key=value`, sorted by key. */
  readonly labels: readonly string[];
  /** `key=value`, sorted by key; with a level `<level>:key=value`. */
  readonly annotations: readonly string[];
  /** Errors: rules that cannot be read. Warnings: tags that were left out or changed, and why. */
  readonly problems: readonly Problem[];
}

/**
 * Names for an image, by the rules of docker/metadata-action (https://github.com/docker/metadata-action);
 * `docs/tags.md` says where the results differ. Never throws.
 */
export function computeTags(options: TagOptions): ComputedTags {
  throw new Error(`computeTags is not there yet (${options.images.length} images)`);
}
