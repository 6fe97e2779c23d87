import { createHash, type Hash } from 'node:crypto';

/** How a repository names its objects: 40 or 64 hexadecimal digits. */
export type ObjectFormat = 'sha1' | 'sha256';

/** The id that git gives to a content, but for what filters such as that of line ends would change. */
export function blobId(content: Uint8Array, format: ObjectFormat): string {
  return blobHash(content.length, format).update(content).digest('hex');
}

/** The hash of a blob before its content, of which the size in bytes has to be known. */
export function blobHash(size: number, format: ObjectFormat): Hash {
  return createHash(format).update(`blob ${size}\0`);
}
