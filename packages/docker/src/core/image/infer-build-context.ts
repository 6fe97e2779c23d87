import { hasFilepathWildcard } from '../dockerfile/match-filepath.js';
import { foldersAbove, joinPath } from './context-folder.js';
import { knownFolder } from './context-path.js';
import type { ContextRead } from './evaluation.js';

export interface InferBuildContextOptions {
  /** Workspace-relative. */
  readonly dockerfilePath: string;
  /** Workspace-relative folder of the project that owns the Dockerfile, `.` for the workspace root. */
  readonly projectRoot: string;
  /** What the build reads (see evaluateDockerfile); reads of named contexts do not count. */
  readonly reads: readonly ContextRead[];
  /** True if a workspace-relative path is a file or folder in git. */
  readonly exists: (path: string) => boolean;
}

export interface InferredBuildContext {
  /** Workspace-relative folder, `.` for the workspace root. */
  readonly context: string;
  /** Why, one sentence for people without a full stop. */
  readonly reason: string;
  /** False if the sources contradict each other or say nothing, so that this is a guess. */
  readonly certain: boolean;
}

/**
 * Infers the build context, which no Dockerfile states: the nearest folder, from the Dockerfile's own up to
 * the workspace root, in which all sources exist. A source that exists in none of them (a build output) has
 * no say there. If that decides nothing, the way the sources are spelled does: by a folder that they begin
 * with, or by the project root in them. The last resort is the project root.
 */
export function inferBuildContext(options: InferBuildContextOptions): InferredBuildContext {
  const folders = foldersAbove(options.dockerfilePath);
  const sources = namedSources(options.reads);
  return (
    inferFromFiles(sources, folders, options) ??
    inferFromSpelling(sources, folders, options) ?? {
      context: options.projectRoot,
      reason: `no source tells the build context, so it is the project root, ${nameOf(options.projectRoot)}`,
      certain: false,
    }
  );
}

/** Paths that have to exist, as far as they are known: up to the first wildcard or unset variable. */
function namedSources(reads: readonly ContextRead[]): string[] {
  const sources = reads.filter(({ context }) => context === undefined).map(knownPath);
  return [...new Set(sources)].filter((source) => source !== '.');
}

function knownPath({ path, match, text, unset }: ContextRead): string {
  if (unset) return knownFolder(text.slice(0, Math.max(0, text.indexOf('$'))));
  if (match === 'literal') return path;
  const parts = path.split('/');
  const wild = parts.findIndex(hasFilepathWildcard);
  return parts.slice(0, wild < 0 ? undefined : wild).join('/') || '.';
}

function inferFromFiles(
  sources: readonly string[],
  folders: readonly string[],
  { exists }: InferBuildContextOptions,
): InferredBuildContext | undefined {
  const isIn = (source: string, folder: string): boolean => exists(joinPath(folder, source));
  const known = sources.filter((source) => folders.some((folder) => isIn(source, folder)));
  const found = folders.map((folder) => known.filter((source) => isIn(source, folder)));
  const most = Math.max(0, ...found.map(({ length }) => length));
  const index = found.findIndex(({ length }) => length === most);
  const context = folders[index];
  if (most === 0 || context === undefined) return undefined;
  const others = known.filter((source) => !isIn(source, context));
  // What a nearer folder lacks says more than what it has as well.
  const telling = known.filter((source) => isIn(source, context) && !isIn(source, folders[0] ?? '.'));
  const subject = listNames(telling.length > 0 ? telling : (found[index] ?? []));
  if (others.length > 0) {
    const reason = `most sources exist in ${nameOf(context)} (${subject}), but ${listNames(others)} elsewhere`;
    return { context, reason, certain: false };
  }
  const nearer = index === 0 ? '' : ' and in no folder nearer to the Dockerfile';
  return { context, reason: `${subject} can be found in ${nameOf(context)}${nearer}`, certain: true };
}

function inferFromSpelling(
  sources: readonly string[],
  folders: readonly string[],
  { exists, projectRoot }: InferBuildContextOptions,
): InferredBuildContext | undefined {
  const fromRoot = sources.find(
    (source) => projectRoot !== '.' && `/${source}/`.includes(`/${projectRoot}/`),
  );
  if (fromRoot !== undefined) {
    const reason = `${fromRoot} is written from the workspace root, with ${projectRoot} in it`;
    return { context: '.', reason, certain: false };
  }
  for (const context of folders) {
    const source = sources.find((each) => each.includes('/') && exists(joinPath(context, firstPart(each))));
    if (source === undefined) continue;
    const reason = `${source} begins with a folder of ${nameOf(context)}`;
    return { context, reason, certain: false };
  }
  return undefined;
}

function firstPart(path: string): string {
  return path.slice(0, path.indexOf('/'));
}

function nameOf(folder: string): string {
  return folder === '.' ? 'the workspace root' : folder;
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 2);
  if (names.length > 3) return `${shown.join(', ')} and ${names.length - 2} more`;
  return names.length === 3 ? `${shown.join(', ')} and ${names[2]}` : shown.join(' and ');
}
