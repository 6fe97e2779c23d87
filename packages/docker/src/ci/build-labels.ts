import { DockerPluginError } from '../core/errors.js';
import { type CommitNames, commitNames } from '../core/tags/commit-names.js';
import type { TagFacts } from '../core/tags/facts.js';
import type { PublishOptions } from '../nx/plugin-options.js';

/**
 * What an image gets when it is built: labels and annotations, but no names.
 *
 * @throws DockerPluginError TAG_RULE_INVALID for rules that cannot be read, those of tags included.
 */
export function buildLabels(
  image: string,
  rules: PublishOptions,
  clock: { readonly facts: TagFacts; readonly now: Date },
): Pick<CommitNames, 'labels' | 'annotations'> {
  const { problems, ...names } = commitNames(image, rules, clock);
  // Better here than once all images are built and want their names.
  if (problems.some(({ severity }) => severity === 'error')) throw new DockerPluginError(problems);
  return names;
}
