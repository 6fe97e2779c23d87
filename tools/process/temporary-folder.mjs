import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './is-alive.mjs';

/**
 * An empty folder that is removed at the end of the scope. Its name holds this process's id; those of
 * processes that were killed are removed now.
 * @param {string} name
 * @param {{ parent: string, scope: import('./scope.mjs').Scope }} options
 * @returns {Promise<string>}
 */
export async function temporaryFolder(name, { parent, scope }) {
  await mkdir(parent, { recursive: true });
  for (const entry of await readdir(parent)) {
    const [, owner, pid] = /^(.+)-(\d+)-\w{6}$/.exec(entry) ?? [];
    if (owner === name && !isAlive(Number(pid))) await remove(join(parent, entry));
  }
  const folder = await mkdtemp(join(parent, `${name}-${process.pid}-`));
  scope.defer(() => remove(folder));
  return folder;
}

/** @param {string} folder */
function remove(folder) {
  return rm(folder, { recursive: true, force: true });
}
