import { compileFilepath } from '../dockerfile/match-filepath.js';
import type { SourceText } from '../dockerfile/source-problem.js';
import type { Problem } from '../errors.js';
import { type ContextFolder, joinPath, relativePath } from './context-folder.js';
import type { ContextRead } from './evaluation.js';
import { explainMissingSource } from './explain-missing-source.js';
import type { FileIndex } from './file-index.js';
import type { SentFiles } from './sent-files.js';
import { filesBelow } from './sorted-files.js';

export interface EmptyGlob {
  readonly read: ContextRead;
  /** The folder before the wildcard, relative to the context. */
  readonly folder: string;
  readonly context: ContextFolder;
  readonly sent: SentFiles;
  readonly dockerfile: SourceText;
  readonly index: FileIndex;
}

/**
 * A glob may find nothing, but the folder that it is looked for in has to be there, and a client sends only folders in
 * which it finds something.
 */
export function explainEmptyGlob(glob: EmptyGlob): Problem {
  const { read, folder, dockerfile } = glob;
  const ignored = findIgnoredMatch(glob);
  if (ignored !== undefined) return explainMissingSource({ ...glob, missing: ignored });
  const sourceLine = read.place.file === dockerfile.path ? dockerfile.lines[read.place.line - 1] : undefined;
  return {
    code: 'SOURCE_MISSING',
    severity: 'warning',
    message: `${read.path} finds nothing, and the build fails unless it reads something else in ${folder}`,
    fix: `correct the pattern, create a file that it finds before the build, or copy all of ${folder}`,
    place: read.place,
    ...(sourceLine !== undefined && { sourceLine }),
  };
}

function findIgnoredMatch({ read, folder, context, sent, index }: EmptyGlob): string | undefined {
  const matches = compileFilepath(read.path);
  return filesBelow(joinPath(context.folder, folder), index.paths)
    .map((path) => relativePath(context.folder, path))
    .find((path) => matches?.(path) && sent.ignore(path));
}
