import { compilePatternList, type PatternList } from '../dockerfile/compile-pattern-list.js';
import { compileFilepath, hasFilepathWildcard } from '../dockerfile/match-filepath.js';
import { cleanPatterns } from '../dockerfile/parse-dockerignore.js';
import { relativePath } from './context-folder.js';
import type { ContextRead } from './evaluation.js';
import type { SentFiles } from './sent-files.js';

/** What a read takes from a context, relative to it. */
export interface Selection {
  /** Files, symlinks that are copied as such, and symlinks that are followed. */
  readonly files: ReadonlySet<string>;
  /** Those of them that stand below a source, or are one: not what a symlink leads to that a glob finds. */
  readonly own: readonly string[];
  /** The symlinks on the way to the sources and at their end, and where they lead. */
  readonly followed: readonly string[];
  /** The path without which the build fails; absent if all is there. */
  readonly missing?: string;
  /** The folder in which a glob finds nothing. */
  readonly emptyFolder?: string;
}

/**
 * Selects the files of one read as BuildKit copies them (fsutil's copy and followlinks): a source is a path or
 * a glob, symlinks on the way to it and at its end are followed, a folder gives everything below it with its
 * symlinks as they are, and `--exclude` counts from the source.
 */
export function selectRead(read: ContextRead, sent: SentFiles): Selection {
  const { sources, linked = [], links, targets, missing, emptyFolder } = findSources(read, sent);
  const followed = [...links, ...targets];
  if (missing !== undefined) return { files: new Set(links), own: [], followed, missing };
  const include = read.match === 'include' ? [relativePath(read.pivot ?? '.', read.path)] : undefined;
  const isWanted = compileWanted(include, read.exclude);
  const own = sources.flatMap((source) => filesOf(source, sent, isWanted));
  const files = [...own, ...linked.flatMap((source) => filesOf(source, sent, isWanted))];
  if (
    files.length === 0 &&
    include &&
    !hasFilepathWildcard(read.path) &&
    sent.kindOf(read.path) === undefined
  )
    return { files: new Set(links), own, followed, missing: read.path };
  return {
    files: new Set([...links, ...files]),
    own,
    followed,
    ...(emptyFolder !== undefined && { emptyFolder }),
  };
}

function sourceOf(read: ContextRead): string {
  return read.match === 'include' ? (read.pivot ?? '.') : read.path;
}

/** Only what stands below a source is compared with the patterns, never the source itself. */
function filesOf(source: string, sent: SentFiles, isWanted: (path: string) => boolean): string[] {
  if (sent.kindOf(source) !== 'folder') return [source];
  return sent.below(source).filter((path) => isWanted(relativePath(source, path)));
}

function compileWanted(include: readonly string[] | undefined, exclude: readonly string[]) {
  const wanted = include && compileList(include);
  const unwanted = compileList(exclude);
  return (path: string): boolean => (wanted?.decide(path).matched ?? true) && !unwanted.decide(path).matched;
}

function compileList(patterns: readonly string[]): PatternList {
  return compilePatternList(cleanPatterns(patterns));
}

interface Sources {
  /** Paths of files and folders that are there, all symlinks followed. */
  readonly sources: readonly string[];
  /** The same for what symlinks lead to that a glob finds. */
  readonly linked?: readonly string[];
  readonly links: readonly string[];
  /** Where the links lead, whether or not something is there. */
  readonly targets: readonly string[];
  readonly missing?: string;
  readonly emptyFolder?: string;
}

/** The source of a mount is never a glob, whatever stands in it. */
function findSources(read: ContextRead, sent: SentFiles): Sources {
  const source = sourceOf(read);
  const parts = source.split('/');
  const wild = read.match === 'literal' ? -1 : parts.findIndex(hasFilepathWildcard);
  if (wild < 0) return followSource(source, sent);
  const base = followSource(parts.slice(0, wild).join('/') || '.', sent);
  const folder = base.sources[0];
  if (folder === undefined) return base;
  const matches = findMatches(folder, parts.slice(wild).join('/'), sent);
  const followed = matches.map((path) => followSource(path, sent));
  const missing = followed.find((each) => each.missing !== undefined)?.missing;
  return {
    sources: followed.flatMap((each) => (each.links.length === 0 ? each.sources : [])),
    linked: followed.flatMap((each) => (each.links.length === 0 ? [] : each.sources)),
    links: [...base.links, ...followed.flatMap((each) => each.links)],
    targets: [...base.targets, ...followed.flatMap((each) => each.targets)],
    ...(missing !== undefined && { missing }),
    ...(matches.length === 0 && { emptyFolder: folder }),
  };
}

function followSource(path: string, sent: SentFiles): Sources {
  const followed = sent.follow(path);
  const { links } = followed;
  const targets = links.length > 0 ? [followed.path] : [];
  if (followed.isCircular || sent.kindOf(followed.path) === undefined)
    return { sources: [], links, targets, missing: path };
  return { sources: [followed.path], links, targets };
}

/** Files and folders below a folder that match a glob; what is below a match is not looked at. */
function findMatches(folder: string, glob: string, sent: SentFiles): string[] {
  const matches = compileFilepath(glob);
  if (!matches) return [];
  const known = new Map<string, boolean>();
  const found = new Set<string>();
  for (const path of sent.below(folder)) {
    const inner = relativePath(folder, path);
    for (let end = inner.indexOf('/'); ; end = inner.indexOf('/', end + 1)) {
      const prefix = end < 0 ? inner : inner.slice(0, end);
      const hit = known.get(prefix) ?? matches(prefix);
      known.set(prefix, hit);
      if (hit) found.add(path.slice(0, path.length - inner.length + prefix.length));
      if (hit || end < 0) break;
    }
  }
  return [...found];
}
