import type { Problem } from '../errors.js';
import { evaluateRule, type RuleContext } from './evaluate-rule.js';
import type { TagRule } from './parse-tag-rule.js';
import { isFailure } from './tag-problem.js';
import { refNames, tagValues } from './tag-values.js';
import { usableTag } from './usable-tag.js';

/** No commit has it, so tags that name their commit are never taken for the same. */
const otherSha = '0'.repeat(40);

export interface OwnTag {
  /** What the rule gave, before it was made a tag. */
  readonly text: string;
  readonly tag: string;
}

/** All rules that count for the event or not, each with what it gave. */
export type OwnTags = readonly { readonly rule: TagRule; readonly own?: OwnTag }[];

/**
 * Finds tags that another branch would get too, though its name is another one: `feature/a` and `feature-a`
 * are both published as `feature-a`, so the one would overwrite the other. A branch named like a tag of this
 * one is found as well.
 */
export function findCollisions(tags: OwnTags, context: RuleContext): Problem[] {
  const { branch } = refNames(context.facts.ref);
  const { branches = [] } = context.facts;
  if (branch === '') return [];
  return branches.flatMap((other) => (other === branch ? [] : collisionsWith(other, branch, tags, context)));
}

function collisionsWith(
  other: string,
  branch: string,
  tags: OwnTags,
  { facts, flavor, values }: RuleContext,
): Problem[] {
  const otherFacts = { ...facts, ref: `refs/heads/${other}`, sha: otherSha };
  const otherContext = { facts: otherFacts, flavor, values: tagValues(otherFacts, values.now) };
  const found = new Set<string>();
  for (const { rule, own } of tags) {
    const candidate = evaluateRule(rule, otherContext);
    if (isFailure(candidate) || !('text' in candidate) || candidate.empty.length > 0) continue;
    if (candidate.text === own?.text) continue;
    const { tag } = usableTag(candidate.text);
    if (tag !== '' && tags.some((each) => each.own?.tag === tag)) found.add(tag);
  }
  return [...found].map((tag) => collision(tag, branch, other));
}

function collision(tag: string, branch: string, other: string): Problem {
  return {
    code: 'TAG_COLLISION',
    severity: 'warning',
    message: `the branches ${JSON.stringify(branch)} and ${JSON.stringify(other)} both give the tag ${tag}`,
    fix: 'rename one of them, or put {{sha}} into the rule',
  };
}
