import type { Problem } from '../errors.js';
import {
  type Candidate,
  evaluateLatest,
  evaluateRule,
  type NoCandidate,
  type RuleContext,
} from './evaluate-rule.js';
import { findCollisions, type OwnTag } from './find-collisions.js';
import { inputLines } from './input-fields.js';
import { parseTagRules, strayAttributes, type TagRule } from './parse-tag-rule.js';
import { type Failure, isFailure, malformed, unusable } from './tag-problem.js';
import { usableTag } from './usable-tag.js';

/** The tags of all rules without an image: by priority, each once, `latest` of the flavor at the end. */
export function nameVersions(
  inputs: readonly string[],
  context: RuleContext,
): { versions: string[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const tags: { rule: TagRule; own?: OwnTag }[] = [];
  let latest: boolean | undefined;
  for (const { line, rule } of parseTagRules(inputLines(inputs))) {
    if (isFailure(rule)) {
      problems.push(malformed('tag rule', line, rule));
      continue;
    }
    problems.push(...strayAttributes(rule).map((name) => stray(line, name)));
    const { own, ...result } = applyRule(line, evaluateRule(rule, context), context);
    problems.push(...result.problems);
    tags.push({ rule, ...(own && { own }) });
    // As in metadata-action, the first rule that gives a tag decides.
    if (own) latest ??= result.latest;
  }
  problems.push(...findCollisions(tags, context));
  const last = latestOf(latest, context);
  return {
    versions: [...new Set([...tags.flatMap(({ own }) => own?.tag ?? []), ...last.tags])],
    problems: [...problems, ...last.problems],
  };
}

interface Applied {
  readonly own?: OwnTag;
  readonly latest: boolean;
  readonly problems: readonly Problem[];
}

function applyRule(line: string, result: Candidate | NoCandidate | Failure, context: RuleContext): Applied {
  if (isFailure(result)) return { latest: false, problems: [malformed('tag rule', line, result)] };
  if (!('text' in result)) {
    const problems = result.reason === undefined ? [] : [noMatch(result.reason)];
    return { latest: false, problems };
  }
  if (result.empty.length > 0)
    return { latest: false, problems: [emptyVariable(line, result.empty, context)] };
  if (result.text === '') return { latest: false, problems: [] };
  const { tag, cut } = usableTag(result.text);
  if (tag === '') return { latest: false, problems: [nothingLeft(line, result.text)] };
  const problems = cut ? [tooLong(line, tag)] : [];
  return { own: { text: result.text, tag }, latest: result.latest, problems };
}

function latestOf(
  auto: boolean | undefined,
  context: RuleContext,
): { tags: string[]; problems: readonly Problem[] } {
  const { latest } = context.flavor;
  if (auto === undefined || !(latest === 'auto' ? auto : latest === 'true'))
    return { tags: [], problems: [] };
  const { own, problems } = applyRule('latest', evaluateLatest(context), context);
  return { tags: own ? [own.tag] : [], problems };
}

function stray(line: string, name: string): Problem {
  return unusable(
    `the attribute ${name} has no meaning in the tag rule ${JSON.stringify(line)}`,
    'remove it, or correct the type of the rule',
  );
}

function noMatch(reason: string): Problem {
  return unusable(
    `a rule gives no tag: ${reason}`,
    'publish from another git tag, or correct the rule if it should have given one',
  );
}

function emptyVariable(line: string, empty: readonly string[], { facts }: RuleContext): Problem {
  const where = facts.ref === '' ? 'here' : `for ${facts.ref}`;
  const names = empty.join(' and ');
  return unusable(
    `the tag rule ${JSON.stringify(line)} gives no tag: ${names} ${empty.length > 1 ? 'are' : 'is'} empty ${where}`,
    `add enable={{#if ${empty[0]}}}true{{else}}false{{/if}} to it if that is meant`,
  );
}

function nothingLeft(line: string, text: string): Problem {
  return unusable(
    `the tag rule ${JSON.stringify(line)} gives no tag: nothing of ${JSON.stringify(text)} may stand in one`,
    'add a prefix to it that begins with a letter or digit',
  );
}

function tooLong(line: string, tag: string): Problem {
  return unusable(
    `the tag rule ${JSON.stringify(line)} gives more than 128 characters, cut to ${tag}`,
    'shorten the name of the branch or git tag, or the prefix and suffix',
  );
}
