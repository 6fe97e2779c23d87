import { invalidTrigger } from '../../path-filter/decide-run.js';
import type { AuditFinding } from '../audit-finding.js';
import { type CompiledList, compileList } from '../match-list.js';
import type { PathItem, PathList } from '../path-list.js';

export interface ListFacts {
  readonly list: PathList;
  /** All files of the repository. */
  readonly files: readonly string[];
  /** The inputs of all images that the list guards; `undefined` where they are not all known. */
  readonly inputs: ReadonlySet<string> | undefined;
  /** True if the workflow does more than building images. */
  readonly hasOtherJobs: boolean;
}

/** Finds patterns that match nothing, have no effect, or start builds for nothing. */
export function findListMistakes(facts: ListFacts): AuditFinding[] {
  const { list } = facts;
  const invalid = invalidList(list);
  if (invalid) return [invalid];
  const compiled = compileList(list);
  return list.items.flatMap((item, index) => {
    const matched = facts.files.filter(compiled.patterns[index] ?? (() => false));
    const given = { ...facts, compiled, item, index, matched };
    return [negated(given) ?? dead(given) ?? order(given) ?? superfluous(given)].flatMap(
      (finding) => finding ?? [],
    );
  });
}

/** What GitHub would not take, or what can never pass. */
function invalidList(list: PathList): AuditFinding | undefined {
  const { dialect, items, name, place } = list;
  if (dialect !== 'paths' && dialect !== 'paths-ignore') return undefined;
  const patterns = items.map(({ pattern }) => pattern);
  const reason = invalidTrigger({ event: 'push', paths: patterns });
  if (reason !== undefined) {
    const item = items.find(({ pattern }) => invalidTrigger({ event: 'push', paths: [pattern] }));
    return {
      rule: 'filter-invalid',
      severity: 'error',
      place: item?.place ?? place,
      message: reason,
      fix: 'correct the pattern; GitHub refuses the whole workflow',
    };
  }
  if (dialect !== 'paths' || items.length === 0 || patterns.some((pattern) => !pattern.startsWith('!')))
    return undefined;
  return {
    rule: 'filter-invalid',
    severity: 'error',
    place,
    message: `${name} only has patterns with !, so that no file passes`,
    fix: "put '**' in front of them, or use paths-ignore without !",
  };
}

interface ItemFacts extends ListFacts {
  readonly compiled: CompiledList;
  readonly item: PathItem;
  readonly index: number;
  /** The files that the pattern matches, without its `!`. */
  readonly matched: readonly string[];
}

function negated({ list, item }: ItemFacts): AuditFinding | undefined {
  if (list.dialect !== 'dorny' || list.quantifier === 'every' || !item.pattern.startsWith('!'))
    return undefined;
  return {
    rule: 'pattern-negated',
    severity: 'warning',
    place: item.place,
    message: `${item.pattern} in ${list.name} excludes nothing: it matches every file that is not ${item.pattern.slice(1)}`,
    fix: "set predicate-quantifier: 'every', or list only what counts",
  };
}

function dead({ list, item, matched, files, compiled, index }: ItemFacts): AuditFinding | undefined {
  if (matched.length > 0) return undefined;
  const instead = deadAlternative(item.pattern.replace(/^!/, ''), list, files);
  const mark = compiled.isNegated[index] ? '!' : '';
  return {
    rule: 'pattern-dead',
    severity: 'warning',
    place: item.place,
    message: `${item.pattern} in ${list.name} matches no file`,
    fix: instead === undefined ? 'remove it, or write where the files are now' : `write ${mark}${instead}`,
    ...(instead !== undefined && { patterns: [`${mark}${instead}`] }),
  };
}

/** What was probably meant: a folder alone, a path with `./`, a name in another case. */
export function deadAlternative(
  pattern: string,
  list: PathList,
  files: readonly string[],
): string | undefined {
  const bare = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  const below = list.dialect === 'changes' ? '**/*' : '**';
  const candidates = [
    bare,
    `${bare}/${below}`,
    pattern.replace(/\/\*\*$/, '/**/*'),
    bare.replace(/\/\*\*$/, '/**/*'),
  ];
  const usable = candidates.find((text) => text !== '' && matchesAny(text, list, files));
  if (usable !== undefined) return usable;
  return files.find((file) => file.toLowerCase() === bare.toLowerCase());
}

function matchesAny(pattern: string, list: PathList, files: readonly string[]): boolean {
  const item = { pattern, place: list.place, range: [0, 0] as const };
  const [matches] = compileList({ ...list, items: [item] }).patterns;
  return matches !== undefined && files.some(matches);
}

/** Only where the last match decides does the order say anything. */
function order({ list, item, index, matched, compiled }: ItemFacts): AuditFinding | undefined {
  if (list.dialect !== 'paths') return undefined;
  const { patterns, isNegated } = compiled;
  const isNegative = isNegated[index] ?? false;
  const later = (path: string): number => patterns.findLastIndex((matches) => matches(path));
  const base = { rule: 'pattern-order', severity: 'warning', place: item.place } as const;
  if (
    isNegative &&
    !matched.some((path) => patterns.some((matches, i) => i < index && !isNegated[i] && matches(path)))
  )
    return {
      ...base,
      message: `${item.pattern} in ${list.name} excludes nothing: no pattern before it matches these files`,
      fix: 'put it behind the pattern that it is to narrow, or remove it',
    };
  const undone = matched.filter((path) => (isNegated[later(path)] ?? false) !== isNegative);
  if (undone.length < matched.length) return undefined;
  const by = list.items[later(matched[0] ?? '')]?.pattern;
  return {
    ...base,
    message: `${item.pattern} in ${list.name} has no effect: ${by} behind it undoes it`,
    fix: isNegative ? `put it behind ${by}` : `put it behind ${by}, or remove it`,
  };
}

function superfluous({
  list,
  item,
  matched,
  inputs,
  compiled,
  index,
  hasOtherJobs,
}: ItemFacts): AuditFinding | undefined {
  if (!inputs || list.dialect === 'paths-ignore' || compiled.isNegated[index]) return undefined;
  // A workflow that starts itself when it is changed is meant to.
  const others = matched.filter((path) => !inputs.has(path) && !/^\.git(?:hub\/|lab)/.test(path));
  const passing = others.filter(compiled.passes);
  if (passing.length === 0) return undefined;
  if (passing.length === matched.length)
    return {
      rule: 'pattern-superfluous',
      severity: hasOtherJobs ? 'note' : 'warning',
      place: item.place,
      message: `${item.pattern} in ${list.name} matches ${count(matched.length)} that no image reads`,
      fix: hasOtherJobs ? 'remove it, unless other jobs need it' : 'remove it',
    };
  return {
    rule: 'pattern-wide',
    severity: 'note',
    place: item.place,
    message: `of ${count(matched.length)} that ${item.pattern} in ${list.name} matches, no image reads ${passing.length}, such as ${passing[0]}`,
    fix: 'narrow it if such changes are frequent',
  };
}

function count(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}
