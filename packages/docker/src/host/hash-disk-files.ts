import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { eachLimited } from './each-limited.js';
import { blobHash, blobId, type ObjectFormat } from './git/blob-id.js';

/** Larger files are read piece by piece. */
const largest = 16 * 1024 ** 2;

/**
 * Hashes files as git does, so that their ids are those of a commit that holds them. Git itself is not asked: there can
 * be very many files, also such that it does not know.
 *
 * @param paths Relative to the root.
 * @returns Ids by path; none for what cannot be read.
 */
export async function hashDiskFiles(
  root: string,
  paths: readonly string[],
  format: ObjectFormat,
): Promise<Map<string, string>> {
  const ids = await eachLimited(paths, async (path) => hashFile(join(root, path), format), 16);
  return new Map(paths.flatMap((path, index) => (ids[index] === undefined ? [] : [[path, ids[index]]])));
}

async function hashFile(path: string, format: ObjectFormat): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    if (size <= largest) return blobId(await readFile(path), format);
    const hash = blobHash(size, format);
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}
