import { computeTags } from '../../tags/compute-tags.js';
import type { TagFacts } from '../../tags/facts.js';
import { expandExpressions } from '../expand-expressions.js';
import type { ConditionValue } from '../expression/evaluate-condition.js';
import { type WorkflowChange, wouldBuild } from '../filtered-workflow.js';
import { longSha, shortSha, unknownPart } from '../known-parts.js';
import type { MetadataStep } from '../workflow-build.js';

/** An event with all that tags can be made of. */
export interface TagEvent {
  /** For people: `a pull request`. */
  readonly name: string;
  readonly change: Omit<WorkflowChange, 'files'>;
  readonly facts: TagFacts;
}

const sha = '0123456789abcdef0123456789abcdef01234567';
const shared = { sha, defaultBranch: 'main', commitDate: '2024-01-02T03:04:05Z' };

export const tagEvents: readonly TagEvent[] = [
  {
    name: 'a push to main',
    change: { event: 'push', branch: 'main' },
    facts: { ...shared, event: 'push', ref: 'refs/heads/main' },
  },
  {
    name: 'a git tag',
    change: { event: 'push', branch: '', tag: 'v1.2.3' },
    facts: { ...shared, event: 'push', ref: 'refs/tags/v1.2.3' },
  },
  {
    name: 'a pull request',
    change: { event: 'pull_request', branch: 'main' },
    facts: { ...shared, event: 'pull_request', ref: 'refs/pull/1/merge', baseRef: 'main' },
  },
];

/** True if a step runs for an event, whatever files it changes. */
export function runsFor({ workflow }: Pick<MetadataStep, 'workflow'>, { change }: TagEvent): boolean {
  return wouldBuild(workflow, { ...change, files: undefined }).runs;
}

/** A line of `tags` as it is for one event; what is not known gives some text. */
export function lineFor(text: string, event: TagEvent): string {
  const line = expandExpressions(text, (parts) => githubValue(parts.join('.'), event));
  return line.replaceAll(`enable=${unknownPart}`, 'enable=true').replaceAll(unknownPart, 'x');
}

function githubValue(name: string, { facts }: TagEvent): ConditionValue {
  const [, kind = '', ref = ''] = /^refs\/(\w+)\/(.+)$/s.exec(facts.ref) ?? [];
  const values: Readonly<Record<string, ConditionValue>> = {
    'github.event_name': facts.event,
    'github.ref': facts.ref,
    'github.ref_name': ref,
    'github.ref_type': kind === 'tags' ? 'tag' : 'branch',
    'github.base_ref': facts.baseRef ?? '',
    'github.head_ref': facts.event === 'pull_request' ? 'feature/x' : '',
    'github.sha': facts.sha,
    'github.event.repository.default_branch': 'main',
  };
  return values[name];
}

/** The tags that a step makes for an event, with marks for the commit in them. */
export function pushedTags({ tags, flavor }: MetadataStep, event: TagEvent): string[] {
  const computed = computeTags({
    images: [],
    tags: tags.map(({ text }) => lineFor(text, event)),
    flavor: flavor.map((text) => lineFor(text, event)),
    facts: event.facts,
    now: new Date(shared.commitDate),
  });
  return computed.tags.map((tag) => tag.replaceAll(sha, longSha).replaceAll(sha.slice(0, 7), shortSha));
}
