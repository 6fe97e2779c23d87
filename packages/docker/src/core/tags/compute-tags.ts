import type { Problem } from '../errors.js';
import { defaultFlavor, defaultTagRules } from './default-tag-rules.js';
import type { TagFacts } from './facts.js';
import { imageLabels } from './image-labels.js';
import { inputLines } from './input-fields.js';
import { nameVersions } from './name-versions.js';
import { parseFlavor } from './parse-flavor.js';
import { type ImageEntry, parseImageEntries } from './parse-image-entries.js';
import { tagValues } from './tag-values.js';

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
  const { facts, now, annotationLevels } = options;
  const flavor = parseFlavor(options.flavor ?? (options.tags ? [] : defaultFlavor));
  const context = { facts, flavor: flavor.flavor, values: tagValues(facts, now) };
  const named = nameVersions(options.tags ?? defaultTagRules, context);
  const images = parseImageEntries(options.images);
  const [version = ''] = named.versions;
  const shared = { version, facts, values: context.values };
  const labels = imageLabels({ ...shared, what: 'label', extra: options.labels ?? [] });
  const annotations = imageLabels({ ...shared, what: 'annotation', extra: options.annotations ?? [] });
  return {
    tags: imagePrefixes(options.images, images.entries).flatMap((prefix) =>
      named.versions.map((tag) => `${prefix}${tag}`),
    ),
    version,
    labels: labels.labels,
    annotations: withLevels(annotations.labels, annotationLevels),
    problems: withoutRepeats(
      [flavor, named, images, labels, annotations].flatMap(({ problems }) => problems),
    ),
  };
}

/** What stands before the tag: each enabled image, or nothing where no images are given. */
function imagePrefixes(inputs: readonly string[], entries: readonly ImageEntry[]): readonly string[] {
  if (inputLines(inputs).length === 0) return [''];
  return [...new Set(entries.filter(({ enable }) => enable).map(({ name }) => `${name.toLowerCase()}:`))];
}

function withLevels(annotations: readonly string[], levels?: readonly AnnotationLevel[]): readonly string[] {
  if (!levels) return annotations;
  return levels.flatMap((level) => annotations.map((annotation) => `${level}:${annotation}`));
}

/** Rules often fail for the same reason, such as a git tag that is no version. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}
