import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';

/** New bytes beside the file that they will replace. */
export interface StagedFile {
  /** Puts the bytes in place at once: a reader sees the old or the new ones. */
  replace(): void;
  /** Removes what was not put in place. Never throws. */
  discard(): void;
}

/**
 * Writes bytes beside a file, with its mode, and with its owner as far as that is allowed.
 *
 * @param target The file itself and no link to it, see {@link followLinks}; it may be new.
 */
export function stageFile(target: string, bytes: Uint8Array | string): StagedFile {
  // A name that nobody can know beforehand: it must not be somebody's file, or a link that somebody has left there.
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  const discard = () => {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // The folder takes no changes any more; the error that is on its way says so.
    }
  };
  try {
    writeFileSync(temporary, bytes, { flag: 'wx' });
    copyAccess(target, temporary);
  } catch (error) {
    discard();
    throw error;
  }
  return { replace: () => renameSync(temporary, target), discard };
}

/** Puts new bytes in place of a file at once, or fails and leaves it. */
export function replaceFile(target: string, bytes: Uint8Array | string): void {
  const staged = stageFile(target, bytes);
  try {
    staged.replace();
  } finally {
    staged.discard();
  }
}

/** The file that a path leads to, over any number of links; the last one may lead to a file that is not there yet. */
export function followLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isSymbolicLink() ? followLinks(resolve(dirname(path), readlinkSync(path))) : path;
}

function copyAccess(from: string, to: string): void {
  const stat = statSync(from, { throwIfNoEntry: false });
  if (!stat) return;
  const own = statSync(to);
  if (own.uid !== stat.uid || own.gid !== stat.gid) {
    try {
      chownSync(to, stat.uid, stat.gid);
    } catch {
      // Only root may give files away.
    }
  }
  // After the owner, whose change takes some bits away, and not by the mode of a new file, which the umask lessens.
  chmodSync(to, stat.mode & 0o7777);
}
