import { computeTags } from '../core/tags/compute-tags.js';
import type { TagFacts } from '../core/tags/facts.js';
import type { PublishOptions } from '../nx/plugin-options.js';

/**
 * The labels that an image gets when it is built. Its version is none of them: names come later, and another commit may
 * give more to the same image.
 */
export function buildLabels(image: string, rules: PublishOptions, facts: TagFacts, now: Date): string[] {
  const { labels } = computeTags({ images: [image], ...rules, facts, now });
  return labels.filter(
    (label) => !label.startsWith('org.opencontainers.image.version=') && !label.endsWith('='),
  );
}
