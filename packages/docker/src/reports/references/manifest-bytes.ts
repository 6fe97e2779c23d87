import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerPluginError } from '../../core/errors.js';

/** Gives the bytes of a file by its workspace-relative path: those on disk, or as a generator has left them. */
export type ReadBytes = (file: string) => Buffer;

/**
 * The bytes of a file of the workspace.
 *
 * @throws DockerPluginError FILE_UNREADABLE, for a link that leads nowhere as well.
 */
export function manifestBytes(root: string, file: string): Buffer {
  try {
    return readFileSync(join(root, file));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const isLost = code === 'ENOENT' || code === 'ELOOP';
    throw new DockerPluginError(
      {
        code: 'FILE_UNREADABLE',
        severity: 'error',
        message: isLost ? `${file} is a link that leads nowhere` : `${file} cannot be read: ${code}`,
        fix: isLost ? 'remove the link, or make the file that it names' : 'check the permissions of the file',
      },
      { cause: error },
    );
  }
}
