/**
 * Whether a process with this id exists.
 * @param {number} pid
 * @returns {boolean}
 */
export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is another user's.
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH';
  }
}
