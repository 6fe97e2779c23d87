import { compileDockerignore, type Dockerignore } from '../dockerfile/compile-dockerignore.js';
import { type ContextFolder, joinPath, relativePath } from './context-folder.js';
import { type FileIndex, hasFolder } from './file-index.js';
import { filesBelow, hasFile } from './sorted-files.js';

/** The files of a context that are sent to the build. All paths are relative to the context. */
export interface SentFiles {
  readonly folder: string;
  readonly ignore: Dockerignore;
  kindOf(path: string): 'file' | 'symlink' | 'folder' | undefined;
  below(folder: string): string[];
  /** Follows the symlinks on the way to a path and at its end. */
  follow(path: string): FollowedPath;
}

export interface FollowedPath {
  /** Where it ends; nothing has to be there. */
  readonly path: string;
  /** The symlinks that were followed. */
  readonly links: readonly string[];
  /** They go round in circles, so that the path is only one of them. */
  readonly isCircular?: true;
}

/** More links than this on one way are taken for a circle, as the kernel and containerd do. */
const mostLinks = 255;

/** @param isAsked True for what BuildKit asks the client for; without it, for all that is not ignored. */
export function sentFiles(
  { folder, ignoreFile }: ContextFolder,
  index: FileIndex,
  isAsked: (path: string) => boolean = () => true,
): SentFiles {
  const ignore = compileDockerignore(ignoreFile?.text ?? '');
  const isSent = (path: string): boolean => !ignore(path) && isAsked(path);

  function below(inner: string): string[] {
    if (inner !== '.' && ignore.excludesBelow(inner) === 'all') return [];
    return filesBelow(joinPath(folder, inner), index.paths)
      .map((path) => relativePath(folder, path))
      .filter(isSent);
  }

  /** A folder that is not sent for itself is so all the same if anything below it is, be it an empty folder. */
  function kindOf(path: string): 'file' | 'symlink' | 'folder' | undefined {
    const full = joinPath(folder, path);
    if (path === '.') return 'folder';
    if (index.links.has(full)) return isSent(path) ? 'symlink' : undefined;
    if (hasFile(full, index.paths)) return isSent(path) ? 'file' : undefined;
    if (!hasFolder(full, index)) return undefined;
    return isSent(path) || below(path).length > 0 || foldersBelow(path).some(isSent) ? 'folder' : undefined;
  }

  function foldersBelow(inner: string): string[] {
    if (ignore.excludesBelow(inner) === 'all') return [];
    const place = joinPath(folder, inner);
    const files = filesBelow(place, index.paths).map(parentOf);
    const folders = new Set<string>();
    for (const full of [...files, ...filesBelow(place, index.emptyFolders)])
      for (let path = full; path.length > place.length; path = parentOf(path))
        folders.add(relativePath(folder, path));
    return [...folders];
  }

  function linkAt(path: string): string | undefined {
    const link = index.links.get(joinPath(folder, path));
    return link !== undefined && isSent(path) ? link : undefined;
  }

  return { folder, ignore, kindOf, below, follow: (path) => follow(path, linkAt) };
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Links stay inside the context: an absolute one starts at its root, and `..` stops there. */
function follow(path: string, linkAt: (path: string) => string | undefined): FollowedPath {
  const ahead = path.split('/');
  const done: string[] = [];
  const links: string[] = [];
  for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      done.pop();
      continue;
    }
    done.push(part);
    const link = linkAt(done.join('/'));
    if (link === undefined) continue;
    if (links.push(done.join('/')) > mostLinks)
      return { path: done.join('/'), links: [...new Set(links)], isCircular: true };
    if (link.startsWith('/')) done.length = 0;
    else done.pop();
    ahead.unshift(...link.split('/'));
  }
  return { path: done.join('/') || '.', links };
}
