import {
  compileRegion,
  escapeRegion,
  lastExclusions,
  type ReadContext,
  regionsOf,
  staticFolder,
} from './input-regions.js';
import { filesBelow } from './sorted-files.js';

export interface InputPatternOptions {
  readonly contexts: readonly ReadContext[];
  /** Files that are inputs whatever the contexts say: the Dockerfile and its ignore file. */
  readonly always: readonly string[];
  /** All files of the workspace, workspace-relative, sorted by code unit. */
  readonly files: readonly string[];
  /** Those of `files` that the build reads. */
  readonly inputs: ReadonlySet<string>;
}

/** Patterns over workspace-relative paths in which `*`, `?` and `**` are special and all else is literal. */
export interface InputPatterns {
  /** They cover every input, and every file that would be one if it were added or had just been deleted. */
  readonly positive: readonly string[];
  /** They cover files that a positive pattern covers although the build does not read them, and no input. */
  readonly negative: readonly string[];
}

/**
 * Describes the inputs of a build so that they stay right for files that are not there: a list of the files of
 * today would miss the one that the next commit adds, and the one that it deletes.
 */
export function inputPatterns({ contexts, always, files, inputs }: InputPatternOptions): InputPatterns {
  const positive = unique([
    ...always.map(escapeRegion),
    ...contexts.flatMap((context) => regionsOf(context, files)),
  ]);
  const holes = filesIn(positive, files).filter((file) => !inputs.has(file));
  const rules = usefulRules(contexts, holes).filter((rule) => ![...inputs].some(compileRegion(rule)));
  const ruledOut = rules.map(compileRegion);
  const left = holes.filter((hole) => !ruledOut.some((matches) => matches(hole)));
  return { positive, negative: unique([...rules, ...literals(left, contexts, inputs)]) };
}

/** A rule stands for files in its own context only, and is worth its place where it covers several. */
function usefulRules(contexts: readonly ReadContext[], holes: readonly string[]): string[] {
  const [context, ...others] = contexts;
  if (!context || others.length > 0) return [];
  return lastExclusions(context).filter((rule) => holes.filter(compileRegion(rule)).length > 1);
}

/** A name that cannot be written literally is left in: an input too many is better than one too few. */
function literals(
  holes: readonly string[],
  contexts: readonly ReadContext[],
  inputs: ReadonlySet<string>,
): string[] {
  const folders = inputFolders(inputs);
  return holes
    .map((hole) => widen(hole, (folder) => !folders.has(folder) && isOut(folder, contexts)))
    .filter((hole) => !/[*?\\]/.test(hole.replace(/\/\*\*\/\*$/, '')));
}

function filesIn(regions: readonly string[], files: readonly string[]): string[] {
  const found = new Set<string>();
  for (const region of regions) {
    const matches = compileRegion(region);
    for (const file of filesBelow(staticFolder(region), files)) if (matches(file)) found.add(file);
  }
  return [...found].sort();
}

/** Every folder that has an input somewhere below it. */
function inputFolders(inputs: ReadonlySet<string>): Set<string> {
  const folders = new Set<string>();
  for (const input of inputs) {
    let folder = parentOf(input);
    while (!folders.has(folder)) {
      folders.add(folder);
      folder = parentOf(folder);
    }
  }
  return folders;
}

/** The widest folder around a hole that can never hold an input, or the hole alone. */
function widen(hole: string, canHoldNoInput: (folder: string) => boolean): string {
  const parts = hole.split('/');
  for (let length = 1; length < parts.length; length++) {
    const folder = parts.slice(0, length).join('/');
    if (canHoldNoInput(folder)) return `${folder}/**/*`;
  }
  return hole;
}

function isOut(folder: string, contexts: readonly ReadContext[]): boolean {
  return contexts.every((context) => {
    const inside = relativeTo(folder, context.folder);
    if (inside === undefined) return relativeTo(context.folder, folder) === undefined;
    return context.ignore.excludesBelow(inside) === 'all';
  });
}

/** The path as seen from a folder; `undefined` where it is not inside. */
function relativeTo(path: string, folder: string): string | undefined {
  if (folder === '.') return path;
  if (path === folder) return '.';
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}
