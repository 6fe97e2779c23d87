import {
  accessSync,
  constants,
  lstatSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { relative, sep } from 'node:path';
import { DockerPluginError } from '../core/errors.js';

/** A file that is there, by absolute path, with its bytes before and after. */
export interface FileChange {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * Writes files that are there already: all of them, or none. Modes stay, a link is followed as long as it leads nowhere
 * outside of the root, and a reader sees the old or the new bytes of a file.
 *
 * @throws DockerPluginError FILE_UNWRITABLE
 */
export function writeFilesTogether(root: string, changes: readonly FileChange[]): void {
  const staged: { temporary: string; target: string; change: FileChange }[] = [];
  const done: typeof staged = [];
  try {
    for (const change of changes) {
      const target = writableTarget(root, change.path);
      const temporary = `${target}.${process.pid}.tmp`;
      staged.push({ temporary, target, change });
      writeFileSync(temporary, change.after, { mode: statSync(target).mode & 0o7777 });
    }
    for (const file of staged) {
      renameSync(file.temporary, file.target);
      done.push(file);
    }
  } catch (error) {
    for (const { target, change } of done) writeFileSync(target, change.before);
    throw error instanceof DockerPluginError ? error : unwritable(root, changes, error);
  } finally {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
  }
}

function writableTarget(root: string, path: string): string {
  const target = realpathSync(path);
  if (relative(realpathSync(root), target).split(sep)[0] === '..')
    throw problem(
      `${relative(root, path)} is a link to a file outside of the workspace`,
      'replace the link by a file',
    );
  // The owner of a folder could replace the file, but its mode says that nobody should.
  if (!(lstatSync(target).mode & 0o222))
    throw problem(`${relative(root, path)} is read-only`, `run chmod u+w ${relative(root, path)}`);
  accessSync(target, constants.W_OK);
  return target;
}

function unwritable(root: string, changes: readonly FileChange[], error: unknown): DockerPluginError {
  const { code = '', path = '' } = error as NodeJS.ErrnoException;
  const change = changes.find((each) => path.startsWith(each.path));
  const file = relative(root, change?.path ?? path);
  return problem(
    `${file} cannot be written: ${code || String(error)}`,
    'check the permissions of the file and its folder',
    error,
  );
}

function problem(message: string, fix: string, cause?: unknown): DockerPluginError {
  return new DockerPluginError({ code: 'FILE_UNWRITABLE', severity: 'error', message, fix }, { cause });
}
