import type { TagFacts } from './facts.js';
import type { Flavor } from './parse-flavor.js';
import type { TagRule } from './parse-tag-rule.js';
import { type ExpressionValues, type Rendered, renderExpression } from './render-expression.js';
import { type Failure, isFailure } from './tag-problem.js';
import { refNames, shortShaLength } from './tag-values.js';
import { versionValue } from './version-value.js';

export interface RuleContext {
  readonly facts: TagFacts;
  readonly flavor: Flavor;
  readonly values: ExpressionValues;
}

export interface Candidate extends Rendered {
  /** True if `latest` goes with it where the flavor leaves that open. */
  readonly latest: boolean;
}

/** A rule that has nothing to say for this event, and why if that may surprise. */
export interface NoCandidate {
  readonly reason?: string;
}

/** The text of one rule, with prefix and suffix, but not yet made a tag. */
export function evaluateRule(rule: TagRule, context: RuleContext): Candidate | NoCandidate | Failure {
  const enabled = renderExpression(rule.attrs.enable ?? 'true', context.values);
  if (isFailure(enabled)) return enabled;
  if (enabled.text === 'false') return {};
  if (enabled.text !== 'true')
    return { failure: `enable is ${JSON.stringify(enabled.text)}`, fix: 'let enable become true or false' };
  const value = ruleValue(rule, context);
  if (!('text' in value) || (value.text === '' && value.empty.length === 0)) return value;
  return affixed(value, rule.attrs, context);
}

/** `latest` with what the flavor puts around it. */
export function evaluateLatest({ flavor, values }: Omit<RuleContext, 'facts'>): Candidate | Failure {
  const attrs = {
    prefix: flavor.prefixLatest ? flavor.prefix : '',
    suffix: flavor.suffixLatest ? flavor.suffix : '',
  };
  return affixed(fixed('latest'), attrs, { flavor, values });
}

type Value = Candidate | NoCandidate | Failure;

function ruleValue(rule: TagRule, context: RuleContext): Value {
  const { facts, values } = context;
  const { attrs, type } = rule;
  const { branch, tag, pullRequest } = refNames(facts.ref);
  switch (type) {
    case 'schedule':
      return /schedule/.test(facts.event) ? plain(renderExpression(attrs.pattern ?? '', values)) : {};
    case 'semver':
    case 'pep440':
    case 'match':
      return versionValue(rule, { ...context, tag });
    case 'edge':
      return branch !== '' && branch === (attrs.branch || facts.defaultBranch) ? fixed('edge') : {};
    case 'ref':
      if (attrs.event === 'tag') return { ...fixed(tag), latest: true };
      return fixed(attrs.event === 'branch' ? branch : pullRequest);
    case 'raw':
      return plain(renderExpression(attrs.value ?? '', values));
    case 'sha':
      return fixed(attrs.format === 'long' ? facts.sha : facts.sha.slice(0, shortShaLength));
  }
}

function plain(rendered: Rendered | Failure): Value {
  return isFailure(rendered) ? rendered : { ...rendered, latest: false };
}

function fixed(text: string): Candidate {
  return { text, empty: [], latest: false };
}

function affixed(
  value: Candidate,
  attrs: TagRule['attrs'],
  { flavor, values }: Omit<RuleContext, 'facts'>,
): Candidate | Failure {
  const prefix = renderExpression(attrs.prefix ?? flavor.prefix, values);
  if (isFailure(prefix)) return prefix;
  const suffix = renderExpression(attrs.suffix ?? flavor.suffix, values);
  if (isFailure(suffix)) return suffix;
  return {
    text: `${prefix.text}${value.text}${suffix.text}`,
    empty: [...new Set([...prefix.empty, ...value.empty, ...suffix.empty])],
    latest: value.latest,
  };
}
