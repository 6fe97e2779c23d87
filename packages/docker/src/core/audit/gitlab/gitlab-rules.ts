import type { GitlabRule } from '../filtered-workflow.js';
import { type PathList, pathListOf } from '../path-list.js';
import type { YamlEntry, YamlValue } from '../yaml/yaml-value.js';
import { type GitlabConfiguration, type GitlabJob, texts } from './gitlab-jobs.js';

export interface GuardedRules {
  readonly rules: readonly GitlabRule[];
  readonly lists: readonly PathList[];
}

export interface RuleOptions {
  readonly configuration: GitlabConfiguration;
  /** Puts the values of variables into a pattern. */
  readonly expand: (text: string) => string;
}

/** Reads what decides whether a job runs: `rules`, or else `only` and `except`. */
export function readJobRules(job: GitlabJob, options: RuleOptions): GuardedRules {
  const rules = job.get('rules');
  if (rules) return readRules(rules.value, `the job ${job.id}`, options);
  const [only, except] = [job.get('only'), job.get('except')];
  const about = `the job ${job.id}`;
  const denied = except ? readOld(except, about, options).map((each) => ({ ...each, when: 'never' })) : [];
  const allowed = only
    ? merged(readOld(only, about, options))
    : [{ rule: { refs: ['branches', 'tags'] }, lists: [] }];
  return {
    rules: [...denied.map(({ rule, when }) => ({ ...rule, when })), ...allowed.map(({ rule }) => rule)],
    lists: [...denied, ...allowed].flatMap(({ lists }) => lists),
  };
}

/** Reads a list of rules, of a job or of `workflow`. */
export function readRules(rules: YamlValue, about: string, options: RuleOptions): GuardedRules {
  const read = flatten(rules, options).map((rule) => readRule(rule, about, options));
  return { rules: read.map(({ rule }) => rule), lists: read.flatMap(({ lists }) => lists) };
}

interface OneRule {
  readonly rule: GitlabRule;
  readonly lists: readonly PathList[];
}

function readRule(rule: YamlValue, about: string, options: RuleOptions): OneRule {
  const condition = rule.get('if').text;
  const when = rule.get('when').text;
  const changes = rule.entries().find(({ key }) => key === 'changes');
  const list = changes && changesList(changes, about, options);
  return {
    rule: {
      ...(condition !== undefined && { if: condition }),
      ...(list && { changes: list.items.map(({ pattern }) => pattern) }),
      ...(when !== undefined && { when }),
    },
    lists: list ? [list] : [],
  };
}

/** `changes` is a list, or has one in `paths`. */
function changesList(changes: YamlEntry, about: string, { configuration, expand }: RuleOptions): PathList {
  const paths = changes.value.entries().find(({ key }) => key === 'paths') ?? changes;
  const list = pathListOf(paths, { dialect: 'changes', name: `changes of ${about}` });
  const [reference] = paths.value.items().filter(({ tag }) => tag === '!reference');
  const items = reference
    ? pathListOf({ ...paths, value: configuration.refer(texts(reference)) ?? reference }, list).items
    : list.items;
  return {
    ...list,
    ...(reference && { layout: null }),
    items: items.map((item) => ({ ...item, pattern: expand(item.pattern) })),
  };
}

/** `!reference [job, rules]` stands for the rules of another job. */
function flatten(rules: YamlValue, { configuration }: RuleOptions): readonly YamlValue[] {
  return rules.items().flatMap((item) => {
    if (item.tag !== '!reference') return item.items().length > 0 ? item.items() : [item];
    const target = configuration.refer(texts(item));
    return target && target !== rules ? target.items() : [];
  });
}

/** `only` and `except` are a list of refs, or have refs, changes and variables. */
function readOld({ value, key }: YamlEntry, about: string, options: RuleOptions): OneRule[] {
  const refs = value.text !== undefined || value.items().length > 0 ? texts(value) : texts(value.get('refs'));
  const changes = value.entries().find((entry) => entry.key === 'changes');
  const list = changes && changesList(changes, `${key} of ${about}`, options);
  const [variables] = texts(value.get('variables'));
  return [
    ...(refs.length > 0 ? [{ rule: { refs }, lists: [] }] : []),
    ...(variables === undefined
      ? []
      : [{ rule: { if: texts(value.get('variables')).join(' || ') }, lists: [] }]),
    ...(list ? [{ rule: { changes: list.items.map(({ pattern }) => pattern) }, lists: [list] }] : []),
  ];
}

/** All parts of `only` have to hold, any part of `except` is enough. */
function merged(parts: readonly OneRule[]): OneRule[] {
  const rule = Object.assign({ refs: ['branches', 'tags'] }, ...parts.map((part) => part.rule)) as GitlabRule;
  return [{ rule, lists: parts.flatMap(({ lists }) => lists) }];
}
