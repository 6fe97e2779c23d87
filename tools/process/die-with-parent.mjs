import { findProgram } from './programs.mjs';

/** @typedef {import('./lock.mjs').Command} Command */

/**
 * The command that runs a server which is told to stop when this process dies, even by SIGKILL. Without
 * setpriv(1) (macOS) it is the command alone.
 * @param {Command} command
 * @returns {Command}
 */
export function dieWithParent({ file, args }) {
  const setpriv = findProgram(['setpriv']);
  return setpriv ? { file: setpriv, args: ['--pdeathsig', 'TERM', file, ...args] } : { file, args };
}
