import semver from 'semver';
import { isRawStatement } from './compile-template.js';
import type { Candidate, NoCandidate, RuleContext } from './evaluate-rule.js';
import { parsePep440 } from './parse-pep440.js';
import type { TagRule } from './parse-tag-rule.js';
import { renderExpression } from './render-expression.js';
import { type Failure, isFailure } from './tag-problem.js';

type Value = Candidate | NoCandidate | Failure;

interface Version {
  readonly fields: Readonly<Record<string, string | number | readonly (string | number)[]>>;
  readonly isFinal: boolean;
}

/** Rules of the types semver, pep440 and match: they read the git tag, or the value of the rule. */
export function versionValue(rule: TagRule, context: RuleContext & { readonly tag: string }): Value {
  const { value = '' } = rule.attrs;
  const source = renderExpression(value === '' ? '' : value, context.values);
  if (isFailure(source)) return source;
  if (source.empty.length > 0) return { ...source, latest: false };
  const text = value === '' ? context.tag : source.text;
  if (text === '') return {};
  return rule.type === 'match' ? matched(rule, text) : versioned(rule, text, context);
}

function matched({ attrs }: TagRule, text: string): Value {
  const { pattern = '', group = '0' } = attrs;
  const match = matchPattern(pattern, text);
  if (isFailure(match)) return match;
  const found = match.groups?.[Number(group)];
  if (found !== undefined) return { text: found, empty: [], latest: true };
  return {
    reason: match.groups
      ? `the pattern ${pattern} has no group ${group} in ${JSON.stringify(text)}`
      : `the pattern ${pattern} does not match ${JSON.stringify(text)}`,
  };
}

function versioned({ attrs, type }: TagRule, text: string, { values }: RuleContext): Value {
  const match = matchPattern(attrs.match ?? '', text);
  if (isFailure(match)) return match;
  const source = (match.groups?.[1] ?? (match.groups?.[0] || text)).replaceAll('/', '-');
  const version = type === 'semver' ? readSemver(source) : readPep440(source);
  if (!version) return { reason: `${JSON.stringify(source)} is no version of the type ${type}` };
  const { pattern = '' } = attrs;
  // A pre-release must not move what a release is named by: the pattern counts for releases only.
  const taken = version.isFinal || isRawStatement(pattern) ? pattern : '{{version}}';
  const variables = Object.assign(Object.create(null), values.variables, version.fields);
  const rendered = renderExpression(taken, { ...values, variables });
  return isFailure(rendered) ? rendered : { ...rendered, latest: version.isFinal };
}

function readSemver(text: string): Version | undefined {
  const parsed = semver.parse(text);
  if (!parsed) return undefined;
  const { raw, version, major, minor, patch, prerelease } = parsed;
  return { fields: { raw, version, major, minor, patch, prerelease }, isFinal: prerelease.length === 0 };
}

function readPep440(text: string): Version | undefined {
  const parsed = parsePep440(text);
  if (!parsed) return undefined;
  const { isFinal, ...fields } = parsed;
  return { fields: { ...fields }, isFinal };
}

/** A pattern is a regular expression, with or without `/` around it and flags behind. */
function matchPattern(pattern: string, text: string): { groups?: readonly string[] } | Failure {
  const [, source = pattern, flags = ''] = /^\/(.+)\/(.*)$/s.exec(pattern) ?? [];
  try {
    const groups = new RegExp(source, flags.replaceAll('g', '')).exec(text);
    return groups ? { groups } : {};
  } catch {
    return {
      failure: `${pattern} is no regular expression`,
      fix: 'correct the pattern, in the form of JavaScript',
    };
  }
}
