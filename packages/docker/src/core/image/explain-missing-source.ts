import type { IgnoreRule } from '../dockerfile/parse-dockerignore.js';
import type { SourceText } from '../dockerfile/source-problem.js';
import { suggestName } from '../dockerfile/suggest-name.js';
import type { Problem } from '../errors.js';
import { type ContextFolder, foldersAbove, joinPath, relativePath } from './context-folder.js';
import type { ContextRead } from './evaluation.js';
import { type FileIndex, hasPath } from './file-index.js';
import type { SentFiles } from './sent-files.js';
import { filesBelow } from './sorted-files.js';

export interface MissingSource {
  readonly read: ContextRead;
  /** Relative to the context. */
  readonly missing: string;
  readonly context: ContextFolder;
  readonly sent: SentFiles;
  readonly dockerfile: SourceText;
  readonly index: FileIndex;
}

/** Says why a source is not there, and what to do about it. */
export function explainMissingSource(source: MissingSource): Problem {
  const { read, dockerfile } = source;
  const rule = findRule(source);
  const sourceLine = read.place.file === dockerfile.path ? dockerfile.lines[read.place.line - 1] : undefined;
  return {
    ...(rule ? explainIgnored(source, rule) : explainAbsent(source)),
    place: read.place,
    ...(sourceLine !== undefined && { sourceLine }),
  };
}

/** The rule that keeps the source out; for one that does not exist only if it would always be kept out. */
function findRule({ missing, context, sent, index }: MissingSource): IgnoreRule | undefined {
  const full = joinPath(context.folder, missing);
  const files = filesBelow(full, index.paths);
  if (hasPath(full, index))
    return (
      sent.ignore.ruleFor(missing) ?? sent.ignore.ruleFor(relativePath(context.folder, files[0] ?? full))
    );
  const isCertain = sent.ignore(missing) && sent.ignore.excludesBelow(missing) === 'all';
  return isCertain ? sent.ignore.ruleFor(missing) : undefined;
}

type Explanation = Pick<Problem, 'code' | 'severity' | 'message' | 'fix'>;

/** A glob may find nothing: then the build goes on, or fails, by what else is there. */
function explainIgnored({ read, missing, context }: MissingSource, rule: IgnoreRule): Explanation {
  const line = `line ${rule.line} of ${context.ignoreFile?.path}`;
  return {
    code: 'SOURCE_IGNORED',
    severity: read.match === 'glob' ? 'warning' : 'error',
    message: `${missing} is kept out of the build by ${line}: ${rule.text.trim()}`,
    fix: `add a line !${missing} at the end of ${context.ignoreFile?.path}, or delete line ${rule.line}`,
  };
}

function explainAbsent({ missing, context, sent, dockerfile, index }: MissingSource): Explanation {
  const where = context.folder === '.' ? 'the workspace root' : context.folder;
  const followed = sent.follow(missing);
  const link = followed.isCircular
    ? ': symlinks lead in a circle'
    : followed.links.length > 0
      ? `: a symlink leads to ${followed.path}`
      : '';
  return {
    code: 'SOURCE_MISSING',
    severity: 'warning',
    message: `${missing} does not exist in the build context, ${where}${link}`,
    fix: findFix(missing, { context, dockerfile, index }),
  };
}

function findFix(
  missing: string,
  { context, dockerfile, index }: Pick<MissingSource, 'context' | 'dockerfile' | 'index'>,
): string {
  const near = suggestPath(missing, context, index);
  if (near !== undefined) return `write ${near}, or create ${missing} before the build`;
  const other = foldersAbove(dockerfile.path).find(
    (folder) => folder !== context.folder && hasPath(joinPath(folder, missing), index),
  );
  if (other !== undefined) return `make ${other} the build context, where ${missing} exists`;
  return `create ${missing}, let a target that this one depends on create it, or correct the path`;
}

/** Replaces the first part of the path that does not exist with the name that was probably meant. */
function suggestPath(missing: string, context: ContextFolder, index: FileIndex): string | undefined {
  const parts = missing.split('/');
  const wrong = parts.findIndex(
    (_, i) => !hasPath(joinPath(context.folder, parts.slice(0, i + 1).join('/')), index),
  );
  const folder = joinPath(context.folder, parts.slice(0, Math.max(0, wrong)).join('/') || '.');
  const names = new Set(
    filesBelow(folder, index.paths).map((path) => relativePath(folder, path).split('/')[0] ?? ''),
  );
  const name = suggestName(parts[wrong] ?? '', [...names]);
  return name === undefined
    ? undefined
    : [...parts.slice(0, wrong), name, ...parts.slice(wrong + 1)].join('/');
}
