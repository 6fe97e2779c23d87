import { hasFilepathWildcard } from '../dockerfile/match-filepath.js';
import type { SourceText } from '../dockerfile/source-problem.js';
import type { Problem } from '../errors.js';
import type { ContextRead } from './evaluation.js';
import { selectRead } from './select-read.js';
import type { SentFiles } from './sent-files.js';

/** A path that is there, but that BuildKit does not find. */
export interface UnsentPath {
  /** Relative to the context. */
  readonly path: string;
  readonly cause: 'pattern' | 'symlink' | 'symlink inside';
}

/**
 * Finds what fails a build although it is there: BuildKit asks for a source as if it were a pattern, and follows a
 * symlink on the way once. To compare what a glob or `--exclude` finds, it follows the symlinks among it as well,
 * which then are copied as they are.
 *
 * @param asked The files that BuildKit asks for.
 */
export function findUnsentPath(read: ContextRead, asked: SentFiles): UnsentPath | undefined {
  const { own, missing } = selectRead(read, asked);
  if (missing !== undefined)
    return { path: missing, cause: isPattern(read, missing) ? 'pattern' : 'symlink' };
  if (read.match === 'literal' && read.exclude.length === 0) return undefined;
  const link = own.find((path) => asked.kindOf(path) === 'symlink' && !leadsSomewhere(path, asked));
  return link === undefined ? undefined : { path: link, cause: 'symlink inside' };
}

function isPattern({ match }: ContextRead, path: string): boolean {
  return match === 'literal' && hasFilepathWildcard(path);
}

function leadsSomewhere(link: string, asked: SentFiles): boolean {
  const { path, isCircular } = asked.follow(link);
  return isCircular !== true && asked.kindOf(path) !== undefined;
}

export function explainUnsentSource(
  { path, cause }: UnsentPath,
  { read, dockerfile }: { read: ContextRead; dockerfile: SourceText },
): Problem {
  const sourceLine = read.place.file === dockerfile.path ? dockerfile.lines[read.place.line - 1] : undefined;
  return {
    code: 'SOURCE_MISSING',
    severity: 'warning',
    ...explanations[cause](path, read),
    place: read.place,
    ...(sourceLine !== undefined && { sourceLine }),
  };
}

const explanations: Record<
  UnsentPath['cause'],
  (path: string, read: ContextRead) => Pick<Problem, 'message' | 'fix'>
> = {
  pattern: (path) => ({
    message: `${path} is not sent to the build: BuildKit takes it for a pattern when it asks for its files`,
    fix: 'mount the folder it is in, up to one without brackets and wildcards in its path',
  }),
  symlink: (path) => ({
    message: `${path} is not sent to the build: BuildKit asks for what a symlink leads to only once, and not below a wildcard`,
    fix: 'name what the symlink leads to, or copy its whole folder',
  }),
  'symlink inside': (path, read) => ({
    message: `${read.text} finds the symlink ${path}, and the build fails because it leads to nothing that is sent`,
    fix: `keep ${path} out with the ignore file, or copy what it leads to as well`,
  }),
};
