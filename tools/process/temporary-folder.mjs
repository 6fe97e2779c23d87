import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAlive } from './is-alive.mjs';

/**
 * An empty folder that is removed at the end of the scope.
 * @param {string} name
 * @param {{ parent: string, scope: import('./scope.mjs').Scope }} options
 * @returns {Promise<string>}
 */
export async function temporaryFolder(name, { parent, scope }) {
  const folder = await makeFolder(name, parent);
  scope.defer(() => remove(folder));
  return folder;
}

/**
 * Lets `fill` work in a new folder and moves what it returns, a path in there, to `target`. What is at
 * `target` is therefore always complete.
 * @param {string} target
 * @param {(folder: string) => Promise<string>} fill
 */
export async function fillFolder(target, fill) {
  const folder = await makeFolder(`${basename(target)}.partial`, dirname(target));
  try {
    const result = await fill(folder);
    await remove(target);
    await rename(result, target);
  } finally {
    await remove(folder);
  }
}

/**
 * The name holds this process's id. Folders of processes that were killed are removed.
 * @param {string} name
 * @param {string} parent
 */
async function makeFolder(name, parent) {
  await mkdir(parent, { recursive: true });
  for (const entry of await readdir(parent)) {
    const [, owner, pid] = /^(.+)-(\d+)-\w{6}$/.exec(entry) ?? [];
    if (owner === name && !isAlive(Number(pid))) await remove(join(parent, entry));
  }
  return mkdtemp(join(parent, `${name}-${process.pid}-`));
}

/** @param {string} folder */
function remove(folder) {
  return rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
