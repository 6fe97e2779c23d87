import { Minimatch } from 'minimatch';
import { isDockerfilePath } from '../../nx/dockerfile-names.js';

/** What an entry of `plugins` in nx.json says about which files it is for. */
export interface PluginEntry {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** Tells which files Nx gives to the plugin, by its rule: minimatch, with dot files, and with `!` in order. */
export function matchPluginEntry({ include = [], exclude = [] }: PluginEntry): (path: string) => boolean {
  const isIncluded = matchGlobs(include, true);
  const isExcluded = matchGlobs(exclude, false);
  return (path) => isDockerfilePath(path) && isIncluded(path) && !isExcluded(path);
}

/** The last glob that matches decides; before a list that starts with `!`, everything matches. */
function matchGlobs(globs: readonly string[], withoutGlobs: boolean): (path: string) => boolean {
  if (globs.length === 0) return () => withoutGlobs;
  const matchers = globs.map((glob) => ({
    isMatch: !glob.startsWith('!'),
    matcher: new Minimatch(glob.replace(/^!/, ''), { dot: true }),
  }));
  const start = globs[0]?.startsWith('!') ?? false;
  return (path) =>
    matchers.reduce((result, { isMatch, matcher }) => (matcher.match(path) ? isMatch : result), start);
}
