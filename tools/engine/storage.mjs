import { createHash } from 'node:crypto';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { announce } from '../process/announce.mjs';

const neededBytes = 4 * 1024 ** 3;

/**
 * Where a daemon keeps its images. The kernel refuses an overlay whose upper folder lies on an overlay,
 * as it does inside most development containers; there the images go to another file system.
 * @typedef {{ folder: string, driver?: 'native' }} Storage
 */

/**
 * @param {string} preferred
 * @returns {Promise<Storage>}
 */
export async function chooseStorage(preferred) {
  if (await supportsOverlay(preferred)) return { folder: preferred };
  const name = `moltbook-engine-${createHash('sha256').update(preferred).digest('hex').slice(0, 8)}`;
  for (const folder of [join(tmpdir(), name), join('/var/tmp', name), join('/dev/shm', name)]) {
    if ((await hasSpace(dirname(folder))) && (await supportsOverlay(folder))) {
      announce(`${preferred} cannot hold image layers (an overlay on an overlay); they go to ${folder}`);
      return { folder };
    }
  }
  announce(
    `No file system here can hold image layers (an overlay on an overlay), so every layer is copied: slow and large. ` +
      'Set MOLTBOOK_CACHE to a folder on a volume to avoid that.',
  );
  return { folder: preferred, driver: 'native' };
}

/**
 * Tries it: mounts an overlay with its upper folder there, in a mount namespace that ends at once.
 * @param {string} folder
 */
async function supportsOverlay(folder) {
  const probe = join(folder, '.overlay-probe');
  for (const part of ['lower', 'upper', 'work', 'merged'])
    await mkdir(join(probe, part), { recursive: true });
  const options = 'lowerdir=lower,upperdir=upper,workdir=work';
  const mount = ['mount', '-t', 'overlay', 'overlay', '-o', options, 'merged'];
  const { failed } = await execa('unshare', ['--mount', ...mount], { cwd: probe, reject: false });
  await rm(probe, { recursive: true, force: true });
  return !failed;
}

/** @param {string} folder */
async function hasSpace(folder) {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize >= neededBytes;
}
