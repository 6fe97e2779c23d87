import { compilePatternList } from '../dockerfile/compile-pattern-list.js';
import { hasFilepathWildcard, matchFilepath } from '../dockerfile/match-filepath.js';
import { cleanPatterns } from '../dockerfile/parse-dockerignore.js';
import { joinPath, relativePath } from './context-folder.js';
import { cleanContextPath } from './context-path.js';
import type { FileIndex } from './file-index.js';
import { filesBelow } from './sorted-files.js';

/**
 * What a client sends of a context before the ignore file: BuildKit asks it for paths, and it sends what they match
 * as patterns of an ignore file, so that brackets are a class and `**` is everything (fsutil's filter).
 *
 * @param asked `contextPaths` or `namedContextPaths` of an evaluation.
 * @param folder The folder of the context.
 */
export function compileAsked(
  asked: readonly string[],
  folder: string,
  index: FileIndex,
): (path: string) => boolean {
  const followed = followAsked(asked, folder, index);
  if (followed.has('.')) return () => true;
  const patterns = compilePatternList(cleanPatterns([...followed].sort()));
  return (path) => patterns.decide(path).matched;
}

/**
 * The paths, and what the symlinks on them lead to (fsutil's FollowLinks). A link is followed once, whatever comes after
 * it. A wildcard that finds one asks for all that it finds; what is below folders that it finds is not looked at.
 */
function followAsked(asked: readonly string[], folder: string, index: FileIndex): Set<string> {
  const followed = new Set<string>();
  const follow = (path: string): void => {
    const parts = path.split('/');
    for (let length = 1; length <= parts.length; length++) {
      const current = parts.slice(0, length).join('/');
      const targets = linkTargets(current, folder, index);
      if (targets.length === 0 && length < parts.length) continue;
      if (followed.has(current)) return;
      followed.add(current);
      for (const target of targets) follow(cleanContextPath([target, ...parts.slice(length)].join('/')));
      return;
    }
  };
  for (const path of asked) follow(path);
  return followed;
}

/** Where the symlinks of a name lead; the last part of it may be a glob. */
function linkTargets(path: string, folder: string, index: FileIndex): string[] {
  const [parent, name] = splitPath(path);
  return namesAt(parent, name, folder, index).flatMap((each) => {
    const link = index.links.get(joinPath(folder, joinPath(parent, each)));
    if (link === undefined) return [];
    return [cleanContextPath(link.startsWith('/') ? link : `${parent}/${link}`)];
  });
}

function namesAt(parent: string, name: string, folder: string, index: FileIndex): string[] {
  if (!hasFilepathWildcard(name)) return [name];
  const place = joinPath(folder, parent);
  const names = filesBelow(place, index.paths).map((path) => relativePath(place, path));
  return names.filter((each) => !each.includes('/') && matchFilepath(name, each));
}

function splitPath(path: string): [parent: string, name: string] {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? ['.', path] : [path.slice(0, slash), path.slice(slash + 1)];
}
