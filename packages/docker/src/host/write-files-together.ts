import {
  accessSync,
  constants,
  realpathSync,
  type Stats,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { relative, sep } from 'node:path';
import { DockerPluginError } from '../core/errors.js';
import { replaceFile, type StagedFile, stageFile } from './stage-file.js';

/** A file that is there, by absolute path, with its bytes before and after. */
export interface FileChange {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

interface Target extends FileChange {
  /** The file itself, where the path is a link. */
  readonly target: string;
  /** As it was before. */
  readonly stat: Stats;
}

/**
 * Writes files that are there already: all of them, or none. Modes stay, a link is followed as long as it leads nowhere
 * outside of the root, and a reader sees the old or the new bytes of a file.
 *
 * @returns Makes the files what they were, with their times.
 * @throws DockerPluginError FILE_UNWRITABLE
 */
export function writeFilesTogether(root: string, changes: readonly FileChange[]): () => void {
  const targets = new Map<string, Target>();
  const staged = new Map<Target, StagedFile>();
  const done: Target[] = [];
  let current: FileChange | undefined;
  try {
    for (current of changes) {
      const target = openTarget(root, current);
      // Two links may lead to one file.
      if (targets.has(target.target)) continue;
      targets.set(target.target, target);
      staged.set(target, stageFile(target.target, target.after));
    }
    for (const [target, file] of staged) {
      current = target;
      file.replace();
      done.push(target);
    }
  } catch (error) {
    for (const target of done) putBack(root, target);
    throw asProblem(root, current, error);
  } finally {
    for (const file of staged.values()) file.discard();
  }
  return () => {
    for (const target of done) putBack(root, target);
  };
}

function openTarget(root: string, change: FileChange): Target {
  const file = relative(root, change.path);
  const target = realpathSync(change.path);
  if (relative(realpathSync(root), target).split(sep)[0] === '..')
    throw problem(`${file} is a link to a file outside of the workspace`, 'replace the link by a file');
  const stat = statSync(target);
  // The owner of a folder could replace the file, but its mode says that nobody should.
  if (!(stat.mode & 0o222)) throw problem(`${file} is read-only`, `run chmod u+w ${file}`);
  accessSync(target, constants.W_OK);
  return { ...change, target, stat };
}

/** In its place, if the folder takes no new file any more. */
function putBack(root: string, change: Target): void {
  const { target, before, stat } = change;
  try {
    try {
      replaceFile(target, before);
    } catch {
      writeFileSync(target, before);
    }
    utimesSync(target, stat.atime, stat.mtime);
  } catch (error) {
    throw asProblem(root, change, error);
  }
}

function asProblem(root: string, change: FileChange | undefined, error: unknown): unknown {
  if (error instanceof DockerPluginError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  return problem(
    `${relative(root, change?.path ?? root)} cannot be written: ${reasons[code] ?? (code || String(error))}`,
    'check the permissions of the file and its folder',
    error,
  );
}

/** What people know them by; others keep the system's name. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'its file system is read-only',
  ENOSPC: 'there is no space left',
  EDQUOT: 'the quota is used up',
  ENOENT: 'it is not there any more',
};

function problem(message: string, fix: string, cause?: unknown): DockerPluginError {
  return new DockerPluginError({ code: 'FILE_UNWRITABLE', severity: 'error', message, fix }, { cause });
}
