/** Queries on a list of paths that is sorted by code unit, as `Array.prototype.sort` does. */

/** The files that stand below a folder; `.` gives all. */
export function filesBelow(folder: string, files: readonly string[]): readonly string[] {
  if (folder === '.') return files;
  // `0` is the character behind `/`.
  return files.slice(lowerBound(files, `${folder}/`), lowerBound(files, `${folder}0`));
}

/** Index of the first entry that is not less. */
function lowerBound(files: readonly string[], text: string): number {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((files[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function hasFile(path: string, files: readonly string[]): boolean {
  return files[lowerBound(files, path)] === path;
}

export function hasFilesBelow(folder: string, files: readonly string[]): boolean {
  return files[lowerBound(files, `${folder}/`)]?.startsWith(`${folder}/`) ?? false;
}
