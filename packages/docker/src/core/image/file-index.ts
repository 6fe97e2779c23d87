import { hasFile, hasFilesBelow } from './sorted-files.js';

/** One file of the workspace as plain data, from git or from the disk. */
export interface FileFact {
  /** Workspace-relative, with `/`. */
  readonly path: string;
  /** `file` by default. A `folder` only has to be named if it is empty. */
  readonly mode?: 'file' | 'executable' | 'symlink' | 'folder';
  /** Where a symlink points, as it is stored. */
  readonly link?: string;
}

/** The files of a workspace, sorted once and then used for all its images. */
export interface FileIndex {
  /** All but folders, sorted by code unit. */
  readonly paths: readonly string[];
  /** Symlinks by path, with what they hold; those to folders need not be among `paths`. */
  readonly links: Pick<ReadonlyMap<string, string>, 'get' | 'has'>;
  readonly executables: ReadonlySet<string>;
  /** Sorted by code unit. */
  readonly emptyFolders: readonly string[];
}

export function indexFiles(files: readonly FileFact[]): FileIndex {
  const pathsOf = (wanted: (file: FileFact) => boolean): string[] =>
    files
      .filter(wanted)
      .map(({ path }) => path)
      .sort();
  return {
    paths: pathsOf(({ mode }) => mode !== 'folder'),
    links: new Map(files.filter(({ mode }) => mode === 'symlink').map(({ path, link = '' }) => [path, link])),
    executables: new Set(pathsOf(({ mode }) => mode === 'executable')),
    emptyFolders: pathsOf(({ mode }) => mode === 'folder'),
  };
}

/** True if there is a file, a symlink or a folder of this name; `.` is the workspace root. */
export function hasPath(path: string, index: FileIndex): boolean {
  return hasFile(path, index.paths) || hasFolder(path, index);
}

export function hasFolder(path: string, { paths, emptyFolders }: FileIndex): boolean {
  if (path === '.') return true;
  return hasFilesBelow(path, paths) || hasFile(path, emptyFolders) || hasFilesBelow(path, emptyFolders);
}
