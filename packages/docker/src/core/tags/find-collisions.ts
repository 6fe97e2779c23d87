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

const found = new WeakMap<readonly string[], Map<string, Problem[]>>();

/**
 * Finds tags that another branch would get too, though its name is another one: `feature/a` and `feature-a`
 * are both published as `feature-a`, so the one would overwrite the other. A branch named like a fixed tag, or
 * like the version of a git tag, is found as well.
 */
export function findCollisions(tags: OwnTags, context: RuleContext): Problem[] {
  const { facts, flavor, values } = context;
  const { branches, ...others } = facts;
  if (!branches) return [];
  // All images of a run ask the same of thousands of branches.
  const answers = found.get(branches) ?? new Map<string, Problem[]>();
  found.set(branches, answers);
  const question = JSON.stringify([tags, flavor, others, values.now]);
  const problems = answers.get(question) ?? compareBranches(branches, tags, context);
  answers.set(question, problems);
  return problems;
}

function compareBranches(branches: readonly string[], tags: OwnTags, context: RuleContext): Problem[] {
  const { branch, tag } = refNames(context.facts.ref);
  if (branch === '' && tag === '') return [];
  const own = branch === '' ? `the git tag ${JSON.stringify(tag)}` : `the branch ${JSON.stringify(branch)}`;
  return branches
    .filter((other) => other !== branch)
    .flatMap((other) => sharedTags(other, tags, context).map((shared) => collision(own, other, shared)));
}

/** The tags that another branch would get from another text: the same text, such as `latest`, is meant. */
function sharedTags(other: string, tags: OwnTags, { facts, flavor, values }: RuleContext): string[] {
  const otherFacts = { ...facts, ref: `refs/heads/${other}`, sha: otherSha };
  const context = { facts: otherFacts, flavor, values: tagValues(otherFacts, values.now) };
  const shared = tags.flatMap(({ rule, own }) => {
    const candidate = evaluateRule(rule, context);
    if (isFailure(candidate) || !('text' in candidate) || candidate.empty.length > 0) return [];
    const { tag } = usableTag(candidate.text);
    return tag !== '' && candidate.text !== own?.text && tags.some((each) => each.own?.tag === tag)
      ? [tag]
      : [];
  });
  return [...new Set(shared)];
}

function collision(own: string, other: string, tag: string): Problem {
  return {
    code: 'TAG_COLLISION',
    severity: 'warning',
    message: `${own} and the branch ${JSON.stringify(other)} both give the tag ${tag}`,
    fix: 'rename one of them, or put {{sha}} into the rule',
  };
}
