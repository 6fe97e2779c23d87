import type { AuditFinding } from '../audit-finding.js';
import { compileList } from '../match-list.js';
import { listKey, type PathList } from '../path-list.js';
import type { AuditedWorkflow } from '../workflow-build.js';
import { parseYaml } from '../yaml/yaml-value.js';
import { type Mending, mendList, type TextEdit } from './mend-list.js';

export interface MendedFile {
  /** Workspace-relative. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface MendFacts {
  readonly findings: readonly AuditFinding[];
  readonly workflows: readonly AuditedWorkflow[];
  readonly readText: (path: string) => string | undefined;
}

/**
 * Mends the lists of paths: adds what they miss, and replaces patterns that match nothing where it is plain what was
 * meant. Files that would not be the same in all else are left as they are.
 */
export function mendWorkflows({ findings, workflows, readText }: MendFacts): MendedFile[] {
  const lists = distinct(workflows.flatMap((workflow) => workflow.lists));
  const mendings = lists.flatMap((list) => mendingOf(list, findings));
  const files = [...new Set(mendings.map(({ list }) => list.place.file))].sort();
  return files.flatMap((file) => {
    const before = readText(file);
    // What is no UTF-8 would be written back as something else.
    if (before === undefined || before.includes('\uFFFD')) return [];
    const own = mendings.filter(({ list }) => list.place.file === file);
    const after = applyEdits(
      before,
      own.flatMap((mending) => mendList(mending, before) ?? []),
    );
    return after !== before && parseYaml(file, after).problems.length === 0 ? [{ file, before, after }] : [];
  });
}

function mendingOf(list: PathList, findings: readonly AuditFinding[]): Mending[] {
  const missed = findings.filter(
    ({ rule, place }) => (rule === 'input-missed' || rule === 'base-missed') && isAt(place, list.place),
  );
  const replace = new Map<number, string>();
  for (const [index, item] of list.items.entries()) {
    const dead = findings.find(({ rule, place }) => rule === 'pattern-dead' && isAt(place, item.place));
    const [pattern] = dead?.patterns ?? [];
    if (pattern !== undefined) replace.set(index, pattern);
  }
  const add = missed.flatMap((finding) => stillNeeded(finding, list, replace));
  return add.length > 0 || replace.size > 0 ? [{ list, add: [...new Set(add)], replace }] : [];
}

/** The patterns that mend a finding, but for what is mended by replacing others. */
function stillNeeded(
  { patterns = [], files = [] }: AuditFinding,
  list: PathList,
  replace: ReadonlyMap<number, string>,
): readonly string[] {
  if (replace.size === 0) return patterns;
  const items = list.items.map((item, index) => ({ ...item, pattern: replace.get(index) ?? item.pattern }));
  const { passes } = compileList({ ...list, items });
  const left = files.filter(({ path }) => !passes(path));
  return patterns.filter((pattern) => {
    const item = { pattern: pattern.replace(/^!/, ''), place: list.place, range: list.range };
    const [matches] = compileList({ ...list, items: [item] }).patterns;
    return left.some(({ path }) => matches?.(path));
  });
}

function isAt(place: PathList['place'], other: PathList['place']): boolean {
  return place.file === other.file && place.line === other.line && place.column === other.column;
}

/** A list that is used twice by an alias is one, with what both uses miss. */
function distinct(lists: readonly PathList[]): PathList[] {
  return [...new Map(lists.map((list) => [listKey(list), list])).values()];
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const unique = [...new Map(edits.map((edit) => [`${edit.start} ${edit.end} ${edit.text}`, edit])).values()];
  return unique
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, text: next }) => result.slice(0, start) + next + result.slice(end), text);
}
