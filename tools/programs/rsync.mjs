import { findDebianProgram } from './debian-program.mjs';

/**
 * The path of rsync, by which gitlab-ci-local gives each job its files.
 * @returns {Promise<string>}
 */
export function findRsync() {
  return findDebianProgram('rsync', 'https://rsync.samba.org');
}
