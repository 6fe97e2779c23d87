import type { Problem } from '../errors.js';
import type { TagFacts } from './facts.js';
import { inputLines } from './input-fields.js';
import { type ExpressionValues, renderExpression } from './render-expression.js';
import { isFailure, malformed, unusable } from './tag-problem.js';

export interface LabelOptions {
  /** `label` or `annotation`, for messages. */
  readonly what: string;
  /** `key=value`, with expressions. */
  readonly extra: readonly string[];
  readonly version: string;
  readonly facts: TagFacts;
  readonly values: ExpressionValues;
}

/**
 * The eight labels of https://github.com/opencontainers/image-spec/blob/main/annotations.md that metadata-action
 * sets, and those of the options over them, as `key=value` sorted by key. `created` is the commit's date, so that
 * a rebuild of a commit gives the same image.
 */
export function imageLabels(options: LabelOptions): { labels: string[]; problems: Problem[] } {
  const { facts, version, values } = options;
  const { name = '', description = '', url = '', license = '' } = facts.repository ?? {};
  const made = {
    title: name,
    description,
    url,
    source: url,
    version,
    created: (values.commitDate ?? values.now).toISOString(),
    revision: facts.sha,
    licenses: license,
  };
  const labels = new Map(
    Object.entries(made).map(([key, value]) => [`org.opencontainers.image.${key}`, value]),
  );
  const problems: Problem[] = [];
  for (const line of inputLines(options.extra)) {
    const label = readLabel(line, options);
    if ('problem' in label) problems.push(label.problem);
    else labels.set(label.key, label.value);
  }
  const sorted = [...labels].sort(([a], [b]) => (a < b ? -1 : 1));
  return { labels: sorted.map(([key, value]) => `${key}=${value}`), problems };
}

function readLabel(
  line: string,
  { what, values }: LabelOptions,
): { key: string; value: string } | { problem: Problem } {
  const rendered = renderExpression(line, values);
  if (isFailure(rendered)) return { problem: malformed(what, line, rendered) };
  const at = rendered.text.indexOf('=');
  if (at > 0) return { key: rendered.text.slice(0, at), value: rendered.text.slice(at + 1) };
  return {
    problem: unusable(
      `the ${what} ${JSON.stringify(line)} is left out: it has no key and value`,
      'write it as <key>=<value>',
    ),
  };
}
