import { compilePattern, type Pattern } from './compile-pattern.js';

/** Ordered patterns of which the last that matches decides; `!` before a pattern takes matches back. */
export interface PatternList {
  /**
   * What a walk from the root decides about a path, as BuildKit walks contexts and copies folders
   * (patternmatcher's MatchesUsingParentResults): a pattern that matches a folder holds for all below it.
   */
  decide(path: string): Decision;
  /**
   * patternmatcher's MatchesOrParentMatches: the answer for a path alone, every pattern tried on it and on
   * all its parents. A walk can differ, as it does not try a pattern on a folder where it changes nothing:
   * after `a/*` and `!a` the walk drops `a/b`, for it saw `!a` before anything below `a` was matched.
   */
  matches(path: string): boolean;
  /** What holds for every path that is or could be below a folder; `some` if that is not certain. */
  below(folder: string): 'all' | 'none' | 'some';
}

export interface Decision {
  readonly matched: boolean;
  /** Index of the pattern that decided; absent if none matched. */
  readonly by?: number;
}

export interface PatternListOptions {
  /**
   * Skip matched folders as the context walk of BuildKit does (fsutil's filter): where all `!` patterns are
   * plain but for `/*` and `/**` at the end, a folder is skipped unless one of them begins with its path.
   */
  readonly skipFolders?: boolean;
}

interface Rule extends Pattern {
  readonly negated: boolean;
  readonly text: string;
}

interface FolderState extends Decision {
  /** For each rule, whether the folder or one above it matched. */
  readonly hits: Uint8Array;
  readonly skipped: boolean;
  below?: 'all' | 'none' | 'some';
}

/** Compiles cleaned patterns; one that BuildKit refuses matches nothing here and keeps its index. */
export function compilePatternList(
  patterns: readonly string[],
  options: PatternListOptions = {},
): PatternList {
  const rules = patterns.map(compileRule);
  const isSkipped = options.skipFolders ? compileSkip(rules) : () => false;
  const folders = new Map<string, FolderState>();

  function folderState(path: string): FolderState {
    const known = folders.get(path);
    if (known) return known;
    const state = path === '.' ? rootState(rules) : walkInto(path);
    folders.set(path, state);
    return state;
  }

  function walkInto(path: string): FolderState {
    const parent = folderState(parentOf(path));
    if (parent.skipped) return parent;
    const step = enterFolder(rules, parent.hits, path);
    return { ...step, skipped: step.matched && isSkipped(path) };
  }

  return {
    decide(path) {
      const parent = folderState(parentOf(path));
      return parent.skipped ? parent : decideStep(rules, parent.hits, { path });
    },
    matches: (path) => matchesAlone(rules, path),
    below(folder) {
      const state = folderState(folder);
      state.below ??= belowState(rules, state, folder);
      return state.below;
    },
  };
}

function compileRule(pattern: string): Rule {
  const negated = pattern.startsWith('!');
  const text = negated ? pattern.slice(1) : pattern;
  const compiled = compilePattern(text) ?? { matches: () => false, couldMatchBelow: () => false };
  return { ...compiled, negated, text };
}

function rootState(rules: readonly Rule[]): FolderState {
  return { matched: false, hits: new Uint8Array(rules.length), skipped: false };
}

/** The state of a folder and, with `hits` to fill in, what it hands down to the paths below it. */
function enterFolder(rules: readonly Rule[], above: Uint8Array, folder: string) {
  const hits = new Uint8Array(rules.length);
  return { ...decideStep(rules, above, { path: folder, hits }), hits };
}

/** A rule that would change nothing is not tried, and then counts as no match for what is below, too. */
function decideStep(
  rules: readonly Rule[],
  above: Uint8Array,
  { path, hits }: { path: string; hits?: Uint8Array },
): Decision {
  let matched = false;
  let by = -1;
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index] as Rule;
    if (above[index] === 0 && (rule.negated !== matched || !rule.matches(path))) continue;
    if (hits) hits[index] = 1;
    matched = !rule.negated;
    by = index;
  }
  return by < 0 ? { matched } : { matched, by };
}

function matchesAlone(rules: readonly Rule[], path: string): boolean {
  const paths = [path];
  for (let parent = parentOf(path); parent !== '.'; parent = parentOf(parent)) paths.push(parent);
  let matched = false;
  for (const rule of rules)
    if (rule.negated === matched && paths.some((each) => rule.matches(each))) matched = !rule.negated;
  return matched;
}

/** The last hit decides for everything below, unless a later rule of the other kind can match there. */
function belowState(rules: readonly Rule[], state: FolderState, folder: string): 'all' | 'none' | 'some' {
  if (state.skipped) return 'all';
  const mayChange = rules
    .slice((state.by ?? -1) + 1)
    .some((rule) => rule.negated === state.matched && (folder === '.' || rule.couldMatchBelow(folder)));
  if (mayChange) return 'some';
  return state.matched ? 'all' : 'none';
}

function compileSkip(rules: readonly Rule[]): (folder: string) => boolean {
  const exceptions = rules.filter((rule) => rule.negated).map((rule) => withoutTrailingGlob(rule.text));
  if (exceptions.some((text) => /[*[\]?^\\]/.test(text))) return () => false;
  return (folder) => !exceptions.some((text) => `${text}/`.startsWith(`${folder}/`));
}

function withoutTrailingGlob(text: string): string {
  return text.replace(/\/\*\*$/, '').replace(/\/\*$/, '');
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}
