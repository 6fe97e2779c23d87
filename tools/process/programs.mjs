import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

// Where administration programs live; an ordinary user's PATH often lacks them.
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * The path of the first of `names` found in `folders`, which defaults to PATH and the sbin folders.
 * @param {string[]} names
 * @param {string[]} [folders]
 * @returns {string | undefined}
 */
export function findProgram(names, folders = searchPath()) {
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable);
}

function searchPath() {
  return [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...systemFolders];
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
