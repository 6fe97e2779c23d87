import { suggestName } from '../dockerfile/suggest-name.js';
import { type InputField, inputFields } from './input-fields.js';
import { type Failure, isFailure } from './tag-problem.js';

export interface TagRule {
  readonly type: TagType;
  /** All attributes that count for the type, defaults filled in. */
  readonly attrs: Readonly<Record<string, string>>;
}

export type TagType = keyof typeof types;

interface TypeRule {
  readonly priority: string;
  readonly defaults?: Readonly<Record<string, string>>;
  readonly required?: string;
  readonly allowed?: Readonly<Record<string, readonly string[]>>;
}

const types = {
  schedule: { priority: '1000', defaults: { pattern: 'nightly' } },
  semver: { priority: '900', defaults: { value: '', match: '' }, required: 'pattern' },
  pep440: { priority: '900', defaults: { value: '', match: '' }, required: 'pattern' },
  match: { priority: '800', defaults: { group: '0', value: '' }, required: 'pattern' },
  edge: { priority: '700', defaults: { branch: '' } },
  ref: { priority: '600', required: 'event', allowed: { event: ['branch', 'tag', 'pr'] } },
  raw: { priority: '200', required: 'value' },
  sha: {
    priority: '100',
    defaults: { prefix: 'sha-', format: 'short' },
    allowed: { format: ['short', 'long'] },
  },
} satisfies Record<string, TypeRule>;

const commonNames = ['enable', 'priority', 'prefix', 'suffix'];

/** What metadata-action takes where it is given no rules. */
const originalDefaults = [
  'type=schedule',
  'type=ref,event=branch',
  'type=ref,event=tag',
  'type=ref,event=pr',
];

/** The rules by priority, then as written; without lines, metadata-action's defaults. */
export function parseTagRules(lines: readonly string[]): { line: string; rule: TagRule | Failure }[] {
  const rules = (lines.length > 0 ? lines : originalDefaults).map((line) => ({
    line,
    rule: parseTagRule(line),
  }));
  return rules.sort((a, b) => priority(b.rule) - priority(a.rule));
}

/** One rule: `type=sha,format=long`, or the value of a raw tag alone. */
export function parseTagRule(line: string): TagRule | Failure {
  const fields = inputFields(line);
  if (isFailure(fields)) return fields;
  const type = lastValue(fields, 'type') ?? 'raw';
  if (!isTagType(type)) return unknownType(type);
  const rule: TypeRule = types[type];
  const given = Object.fromEntries(
    fields.filter(({ key }) => key !== 'type').map(({ key = 'value', value }) => [key, value]),
  );
  const attrs = { priority: rule.priority, enable: 'true', ...defaultsOf(rule, given), ...given };
  return check(rule, attrs) ?? { type, attrs };
}

/** Attributes that have no meaning for the type of the rule; metadata-action passes over them in silence. */
export function strayAttributes({ type, attrs }: TagRule): string[] {
  const { defaults = {}, required = '' }: TypeRule = types[type];
  const known = [...commonNames, ...Object.keys(defaults), required];
  return Object.keys(attrs).filter((name) => !known.includes(name));
}

function lastValue(fields: readonly InputField[], name: string): string | undefined {
  return fields.findLast(({ key }) => key === name)?.value;
}

function isTagType(type: string): type is TagType {
  return Object.hasOwn(types, type);
}

function defaultsOf({ defaults }: TypeRule, given: Readonly<Record<string, string>>): Record<string, string> {
  return given.event === 'pr' ? { prefix: 'pr-', ...defaults } : { ...defaults };
}

function check(rule: TypeRule, attrs: Readonly<Record<string, string>>): Failure | undefined {
  const { required, allowed = {} } = rule;
  if (required !== undefined && attrs[required] === undefined)
    return { failure: `it has no ${required}`, fix: `add ${required}=… to it` };
  for (const [name, values] of Object.entries(allowed)) {
    if (!values.includes(attrs[name] ?? ''))
      return { failure: `${name} is ${attrs[name]}`, fix: `set ${name} to ${values.join(' or ')}` };
  }
  if (attrs.group !== undefined && !/^\d+$/.test(attrs.group))
    return { failure: `group is ${attrs.group}`, fix: 'set group to the number of a group of the pattern' };
  if (!/^-?\d+(?:\.\d+)?$/.test(attrs.priority ?? ''))
    return { failure: `priority is ${attrs.priority}`, fix: 'set priority to a number' };
  return undefined;
}

function unknownType(type: string): Failure {
  const names = Object.keys(types);
  const near = suggestName(type, names);
  return {
    failure: `there is no type ${type}`,
    fix: near === undefined ? `use one of ${names.join(', ')}` : `write type=${near}`,
  };
}

function priority(rule: TagRule | Failure): number {
  return isFailure(rule) ? 0 : Number(rule.attrs.priority);
}
