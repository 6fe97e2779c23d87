/** A local folder that a build reads from: the build context or a named context. */
export interface ContextFolder {
  /** Workspace-relative folder, `.` for the workspace root. */
  readonly folder: string;
  /** The ignore file in effect. */
  readonly ignoreFile?: {
    /** Workspace-relative. */
    readonly path: string;
    readonly text: string;
  };
}

/**
 * Where BuildKit looks for the ignore file of a build, workspace-relative, in order; the first that exists is
 * used, even if nothing stands in it: the one beside the Dockerfile that has its name, then the one in the
 * root of the build context. A named context only has the latter.
 */
export function ignoreFileCandidates(folder: string, dockerfilePath?: string): string[] {
  const ofContext = joinPath(folder, '.dockerignore');
  return dockerfilePath === undefined ? [ofContext] : [`${dockerfilePath}.dockerignore`, ofContext];
}

/** Joins a folder and a path below it; `.` is neutral on both sides. */
export function joinPath(folder: string, path: string): string {
  if (folder === '.') return path;
  return path === '.' ? folder : `${folder}/${path}`;
}

/** The path relative to a folder that it is in; `.` for the folder itself. */
export function relativePath(folder: string, path: string): string {
  if (folder === '.') return path;
  return path === folder ? '.' : path.slice(folder.length + 1);
}

/** The folders that a file is in: the nearest first, the workspace root last. */
export function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.map((_, i) => parts.slice(0, parts.length - i).join('/')), '.'];
}
