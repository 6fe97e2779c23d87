import { createHash } from 'node:crypto';
import { join } from 'node:path';

// The kernel's limit for the path of a Unix socket is 107 bytes; the longest one below this folder is
// exec/containerd/containerd.sock.ttrpc.
const longestPath = 107 - '/exec/containerd/containerd-debug.sock.ttrpc'.length;

/**
 * The folder of a daemon's sockets: in its slot, or below a short path when that is too long for sockets.
 * @param {string} slotFolder
 * @param {string} temporaryFolder
 * @returns {string}
 */
export function runFolder(slotFolder, temporaryFolder) {
  const near = join(slotFolder, 'run');
  if (Buffer.byteLength(near) <= longestPath) return near;
  const name = `moltbook-${createHash('sha256').update(slotFolder).digest('hex').slice(0, 8)}`;
  const folders = [temporaryFolder, '/tmp'].map((folder) => join(folder, name));
  return folders.find((folder) => Buffer.byteLength(folder) <= longestPath) ?? near;
}
