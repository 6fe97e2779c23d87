import { findDebianProgram } from './debian-program.mjs';

/**
 * The path of shellcheck.
 * @returns {Promise<string>}
 */
export function findShellcheck() {
  return findDebianProgram('shellcheck', 'https://www.shellcheck.net');
}
