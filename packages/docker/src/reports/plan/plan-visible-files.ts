import { Minimatch } from 'minimatch';
import type { Workspace } from '../../nx/workspace.js';

/**
 * The files of a commit that Nx would see: not what .nxignore and .gitignore files say, which count for files that git
 * tracks, too, nor what Nx never looks into. As in Nx, a .nxignore outranks every .gitignore.
 *
 * @param paths Sorted or not; the order is kept.
 */
export function visibleFiles(paths: readonly string[], readText: Workspace['readText']): string[] {
  const kinds = ['.nxignore', '.gitignore'].map((name) => rulesByFolder(name, paths, readText));
  if (kinds.every((rules) => rules.size === 0)) return paths.filter((path) => !neverSeen.test(path));
  const folders = new Map<string, boolean>([['', false]]);
  function isIgnored(path: string, isFolder: boolean): boolean {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (isFolderIgnored(parent)) return true;
    for (const rules of kinds) {
      const decision = decide(path, isFolder, rules);
      if (decision !== undefined) return decision;
    }
    return false;
  }
  function isFolderIgnored(folder: string): boolean {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const ignored = isIgnored(folder, true);
    folders.set(folder, ignored);
    return ignored;
  }
  return paths.filter((path) => !neverSeen.test(path) && !isIgnored(path, false));
}

const neverSeen = /(?:^|\/)(?:node_modules|\.git|\.nx\/(?:cache|workspace-data)|\.yarn\/cache)\//;

interface Rule {
  readonly isNegated: boolean;
  readonly foldersOnly: boolean;
  /** Tests a path relative to the folder of the file that has the rule. */
  matches(path: string): boolean;
}

/** By folder with a final `/`, or empty for the root. */
type Rules = ReadonlyMap<string, readonly Rule[]>;

function rulesByFolder(name: string, paths: readonly string[], readText: Workspace['readText']): Rules {
  const files = paths.filter((path) => path === name || path.endsWith(`/${name}`));
  return new Map(
    files.map((path) => [path.slice(0, -name.length), parseIgnoreFile(readText(path) ?? '')] as const),
  );
}

/** https://git-scm.com/docs/gitignore#_pattern_format */
function parseIgnoreFile(text: string): Rule[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const trimmed = line.replace(/^\uFEFF/, '').replace(/(?<!\\)((?:\\\\)*) +$/, '$1');
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const isNegated = trimmed.startsWith('!');
    const pattern = isNegated ? trimmed.slice(1) : trimmed;
    const foldersOnly = pattern.endsWith('/');
    const bare = pattern.replace(/\/$/, '');
    if (bare === '') return [];
    const glob = bare.includes('/') ? bare.replace(/^\//, '') : `**/${bare}`;
    const matcher = new Minimatch(glob, options);
    return [{ isNegated, foldersOnly, matches: (path: string) => matcher.match(path) }];
  });
}

const options = { dot: true, nobrace: true, noext: true, nocomment: true, nonegate: true };

/** The nearest file with a matching rule decides, in it the last such rule. */
function decide(path: string, isFolder: boolean, rules: Rules): boolean | undefined {
  for (let end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
    const inside = path.slice(end + 1);
    const rule = rules
      .get(path.slice(0, end + 1))
      ?.findLast(({ foldersOnly, matches }) => (isFolder || !foldersOnly) && matches(inside));
    if (rule) return !rule.isNegated;
    if (end <= 0) return undefined;
  }
}
