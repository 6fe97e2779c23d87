import { DockerPluginError } from '../core/errors.js';
import { computeTags } from '../core/tags/compute-tags.js';
import type { TagFacts } from '../core/tags/facts.js';
import type { PublishOptions } from '../nx/plugin-options.js';

/**
 * The labels that an image gets when it is built. Its version is none of them: names come later, and another commit may
 * give more to the same image.
 *
 * @throws DockerPluginError TAG_RULE_INVALID for rules that cannot be read, those of tags included.
 */
export function buildLabels(image: string, rules: PublishOptions, facts: TagFacts, now: Date): string[] {
  const { labels, problems } = computeTags({ images: [image], ...rules, facts, now });
  // Better here than once all images are built and want their names.
  if (problems.some(({ severity }) => severity === 'error')) throw new DockerPluginError(problems);
  return labels.filter(
    (label) => !label.startsWith('org.opencontainers.image.version=') && !label.endsWith('='),
  );
}
