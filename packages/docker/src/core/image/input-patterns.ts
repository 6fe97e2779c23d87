import { compileRegion, type ReadContext, regionsOf, staticFolder } from './input-regions.js';
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

/**
 * Patterns over workspace-relative paths in which `*`, `?` and `**` have their usual meaning and everything else
 * is literal, but for {@link InputPatterns.negative}, which are a literal path each, or a folder with `/**` + `/*`.
 */
export interface InputPatterns {
  /** They cover every input, and every file that would be one if it were added or had just been deleted. */
  readonly positive: readonly string[];
  /** Existing files that a positive pattern covers although the build does not read them. */
  readonly negative: readonly string[];
}

/**
 * Describes the inputs of a build so that they stay right for files that are not there: a list of the files of
 * today would miss the one that the next commit adds, and the one that it deletes.
 */
export function inputPatterns(options: InputPatternOptions): InputPatterns {
  const { contexts, always, files, inputs } = options;
  const positive = unique([...always, ...contexts.flatMap((context) => regionsOf(context, files))]);
  const holes = filesIn(positive, files).filter((file) => !inputs.has(file));
  const folders = inputFolders(inputs);
  return {
    positive,
    negative: unique(
      holes.map((hole) => widen(hole, (folder) => !folders.has(folder) && isOut(folder, contexts))),
    ),
  };
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
