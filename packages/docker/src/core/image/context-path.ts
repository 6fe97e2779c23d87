/**
 * A source path as BuildKit looks for it: relative to the root of the context, whatever it starts with,
 * without `.`, `..` and doubled slashes; `..` stops at the root. `.` is the root itself.
 */
export function cleanContextPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/') || '.';
}

/** The paths of Windows have a drive letter and backslashes. */
export function toSlashPath(path: string, os: string): string {
  return os === 'windows' ? path.replace(/^[a-zA-Z]:/, '').replaceAll('\\', '/') : path;
}

/** The folder that holds everything a path can name of which only the beginning is known. */
export function knownFolder(knownPrefix: string): string {
  return cleanContextPath(knownPrefix.slice(0, knownPrefix.lastIndexOf('/') + 1));
}
