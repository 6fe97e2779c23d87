import type { Dockerignore } from '../dockerfile/compile-dockerignore.js';
import { compilePattern } from '../dockerfile/compile-pattern.js';
import type { IgnoreRule } from '../dockerfile/parse-dockerignore.js';
import type { ContextRead } from './evaluation.js';
import { hasFile, hasFilesBelow } from './sorted-files.js';

/** A folder that a build reads from, with the ignore file in effect there. */
export interface ReadContext {
  /** Workspace-relative folder, `.` for the workspace root. */
  readonly folder: string;
  readonly ignore: Dockerignore;
  readonly reads: readonly ContextRead[];
}

/**
 * The parts of the workspace that the reads of a context can reach, present or not, as patterns in which `*`,
 * `?` and `**` are special. They are a superset: what an ignore file keeps out is only cut away where that is
 * certain for every file that could ever be there.
 */
export function regionsOf(context: ReadContext, files: readonly string[]): string[] {
  return context.reads
    .flatMap((read) => readRegions(read, context.ignore.rules))
    .flatMap((region) => pathOrFolder(inWorkspace(region, context.folder), files));
}

/**
 * The exclusions that no later rule can take back, as patterns for the files that they name themselves (not for
 * what is below them, see `rulesBackIn`). A file that one of them matches is in no build.
 */
export function lastExclusions({ folder, ignore }: ReadContext): string[] {
  const first = ignore.rules.findLastIndex(({ pattern }) => pattern.startsWith('!')) + 1;
  return ignore.rules
    .slice(first)
    .filter(({ pattern }) => patternRegion(pattern) === pattern && !pattern.endsWith('**'))
    .map(({ pattern }) => inWorkspace(pattern, folder));
}

/** Compiles a region for matching workspace-relative paths. */
export function compileRegion(region: string): (path: string) => boolean {
  if (!/[*?]/.test(region)) return (path) => path === region;
  const source = region.replace(/\*\*\/|\*\*|\*|[^*]/gsu, (token) => {
    if (token === '**/') return '(?:[^/]+/)*';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    return token === '?' ? '[^/]' : token.replace(/[.+^$()|[\]{}\\]/g, '\\$&');
  });
  const expression = new RegExp(`^${source}$`, 'su');
  return (path) => expression.test(path);
}

/** The folder that everything in a region is below: the part before the first wildcard. */
export function staticFolder(region: string): string {
  const literal = region.split('/').slice(0, -1);
  const wild = literal.findIndex((part) => /[*?]/.test(part));
  return literal.slice(0, wild < 0 ? undefined : wild).join('/') || '.';
}

/** Regions relative to the context; each stands for the path itself and everything below it. */
function readRegions(read: ContextRead, rules: readonly IgnoreRule[]): string[] {
  if (read.match === 'glob') return [globRegion(read.path)];
  if (read.match === 'include') return [patternRegion(read.path)];
  const backIn = rulesBackIn(read.path, rules);
  if (backIn === undefined) return [escapeRegion(read.path)];
  return backIn.map((rule) => narrow(read.path, patternRegion(rule.pattern.slice(1))));
}

/**
 * Where a rule keeps all of a path out (`**` at the start of most ignore files), only the rules that take files
 * back in can bring anything below the path into the build; `undefined` where no rule does. Their order does not
 * matter here: BuildKit does not try a rule on a folder that is out already, so that an exclusion behind a
 * re-inclusion may not hold for what came back in.
 */
function rulesBackIn(path: string, rules: readonly IgnoreRule[]): IgnoreRule[] | undefined {
  if (!rules.some(({ pattern }) => !pattern.startsWith('!') && covers(pattern, path))) return undefined;
  return rules.filter(({ pattern }) => {
    if (!pattern.startsWith('!')) return false;
    const compiled = compilePattern(pattern.slice(1));
    if (!compiled) return false;
    return path === '.' || compiled.couldMatchBelow(path) || selfAndParents(path).some(compiled.matches);
  });
}

function covers(pattern: string, path: string): boolean {
  if (/^(?:\*|\*\*(?:\/\*\*)*(?:\/\*)?)$/.test(pattern)) return true;
  const compiled = path === '.' ? undefined : compilePattern(pattern);
  return compiled !== undefined && selfAndParents(path).some((each) => compiled.matches(each));
}

/** What both a path and a rule's region can reach; the path itself where that is not plain to see. */
function narrow(path: string, region: string): string {
  const inside = path === '.' || region === path || staticFolder(`${region}/x`).startsWith(`${path}/`);
  return inside || staticFolder(`${region}/x`) === path ? region : escapeRegion(path);
}

/** Go's filepath.Match: a class is one character. */
function globRegion(glob: string): string {
  return glob.replace(/\\(.)|\[\^?(?:\\.|[^\]\\])+\]/gsu, (_, escaped: string | undefined) =>
    escaped === undefined ? '?' : escapeRegion(escaped),
  );
}

/** A pattern of an ignore file; one with more than `*`, `?` and whole `**` is cut off where that begins. */
function patternRegion(pattern: string): string {
  const parts = pattern.replace(/^\//, '').split('/');
  const odd = parts.findIndex((part) => /[\\[\]]/.test(part) || (part.includes('**') && part !== '**'));
  if (odd < 0) return parts.join('/');
  return [...parts.slice(0, odd), '**'].join('/');
}

/** A path as a region: a name that holds a special character is matched by one that stands for any. */
export function escapeRegion(path: string): string {
  return path.replace(/[*?]/g, '?');
}

function inWorkspace(region: string, folder: string): string {
  if (region === '.') return folder;
  return folder === '.' ? region : `${escapeRegion(folder)}/${region}`;
}

/** A file that exists is itself, a folder everything below it, and what does not exist may become either. */
function pathOrFolder(region: string, files: readonly string[]): string[] {
  if (region === '.') return ['**/*'];
  if (/[*?]/.test(region)) return region.endsWith('**') ? [`${region}/*`] : [region, `${region}/**/*`];
  if (hasFile(region, files)) return [region];
  return hasFilesBelow(region, files) ? [`${region}/**/*`] : [region, `${region}/**/*`];
}

function selfAndParents(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
