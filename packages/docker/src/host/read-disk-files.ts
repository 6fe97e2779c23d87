import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join, posix } from 'node:path';
import { hasFilepathWildcard, matchFilepath } from '../core/dockerfile/match-filepath.js';
import type { FileFact } from '../core/image/file-index.js';

/** A file on disk with its size in bytes. */
export interface DiskFile extends FileFact {
  readonly size: number;
}

/** Where to look. Paths are relative to the root, with `/`. */
export interface DiskQuery {
  readonly root: string;
  /** Files, folders, and globs as Go's filepath.Match; what is not there is left out. */
  readonly paths: readonly string[];
  /** True for a folder that need not be looked into. */
  readonly skip: (folder: string) => boolean;
}

/**
 * Reads which files are on disk at and below some paths, with what git ignores: a build gets those, too. Links on
 * the way to a path and at its end are followed and reported, links below it only reported. A folder that cannot be
 * read counts as empty; the engine will say so.
 */
export function readDiskFiles({ root, paths, skip }: DiskQuery): DiskFile[] {
  const files = new Map<string, DiskFile>();
  const ahead = paths
    .flatMap((path) => expandGlob(root, path))
    .flatMap((path) => followLinks(root, path, files));
  for (let path = ahead.pop(); path !== undefined; path = ahead.pop()) {
    if (files.has(path)) continue;
    const entries = isFolder(join(root, path)) ? listFolder(join(root, path)) : undefined;
    if (!entries) {
      const file = readDiskFile(root, path);
      if (file) files.set(path, file);
      continue;
    }
    if (entries.length === 0 && path !== '.') files.set(path, { path, mode: 'folder', size: 0 });
    for (const name of entries) {
      const inner = inFolder(path, name);
      if (!skip(inner)) ahead.push(inner);
    }
  }
  return [...files.values()];
}

function expandGlob(root: string, glob: string): string[] {
  let found = ['.'];
  for (const part of glob.split('/').filter((each) => each !== '.')) {
    const isWild = hasFilepathWildcard(part);
    found = found.flatMap((folder) => {
      if (!isWild) return [inFolder(folder, part)];
      return listFolder(join(root, folder))
        .filter((name) => matchFilepath(part, name))
        .map((name) => inFolder(folder, name));
    });
  }
  return found;
}

/** The path itself, and where the links on it lead as long as that is below the root. */
function followLinks(root: string, path: string, files: Map<string, DiskFile>): string[] {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length++) {
    const prefix = parts.slice(0, length).join('/');
    if (files.has(prefix)) continue;
    const file = readDiskFile(root, prefix);
    if (file?.link === undefined) continue;
    files.set(prefix, file);
    const target = posix.normalize(posix.join(posix.dirname(prefix), file.link, ...parts.slice(length)));
    const isBelow = !file.link.startsWith('/') && target !== '..' && !target.startsWith('../');
    return isBelow ? followLinks(root, target, files) : [];
  }
  return [path];
}

function inFolder(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}

function readDiskFile(root: string, path: string): DiskFile | undefined {
  try {
    const stat = lstatSync(join(root, path));
    if (stat.isSymbolicLink()) {
      const link = readlinkSync(join(root, path));
      return { path, mode: 'symlink', link, size: link.length };
    }
    return stat.isFile()
      ? { path, mode: stat.mode & 0o111 ? 'executable' : 'file', size: stat.size }
      : undefined;
  } catch {
    return undefined;
  }
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
