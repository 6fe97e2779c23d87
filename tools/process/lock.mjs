import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

// The kernel releases a flock when its holder ends, however it ends: there are no stale locks to detect.
const hasFlock = spawnSync('flock', ['--version']).status === 0;

/** @typedef {{ file: string, args: string[] }} Command */

/**
 * The command which waits for a lock and runs `command` under it. Without flock(1) (macOS) it is the
 * command alone.
 * @param {string} lockFile
 * @param {Command} command
 * @returns {Command}
 */
export function lockCommand(lockFile, { file, args }) {
  return hasFlock ? { file: 'flock', args: [lockFile, file, ...args] } : { file, args };
}

/**
 * Runs `work` while no other process runs work under the same lock file.
 * @template T
 * @param {string} lockFile
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lockFile, work) {
  mkdirSync(dirname(lockFile), { recursive: true });
  const { file, args } = lockCommand(lockFile, {
    file: 'sh',
    args: ['-c', 'echo locked; exec cat >/dev/null'],
  });
  // The holder ends with its stdin, hence also when this process is killed. Its own session keeps
  // Ctrl-C from releasing the lock before the work has stopped.
  const holder = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const failed = once(holder, 'close').then(() => Promise.reject(new Error(`Cannot lock ${lockFile}`)));
  await Promise.race([once(holder.stdout, 'data'), failed]);
  failed.catch(() => undefined);
  try {
    return await work();
  } finally {
    holder.stdin.end();
  }
}
