import { compilePatternList } from './compile-pattern-list.js';
import { cleanPatterns, type IgnoreRule, parseDockerignore } from './parse-dockerignore.js';

/** A compiled ignore file. Paths are relative to the context root, with `/`, without a leading `./`. */
export interface Dockerignore {
  /** True if the file is not sent to the build. */
  (path: string): boolean;
  readonly rules: readonly IgnoreRule[];
  /** The rule that keeps a path out or takes it back in; `undefined` if none matches. */
  ruleFor(path: string): IgnoreRule | undefined;
  /**
   * What of everything that is or could be below a folder is kept out: `all`, `none`, or `some` where it
   * depends on the name. `some` may be said too often, the others are certain.
   */
  excludesBelow(folder: string): 'all' | 'none' | 'some';
}

/**
 * Compiles the text of an ignore file to a function of a path that is true if the file is kept out. Malformed
 * patterns match nothing.
 *
 * A list of patterns is taken as moby/patternmatcher takes it, which answers for one path alone; an ignore file
 * decides about a path on BuildKit's walk from the root of the context, and the two can differ (see
 * `compilePatternList`).
 */
export function compileDockerignore(text: string): Dockerignore;
export function compileDockerignore(patterns: readonly string[]): (path: string) => boolean;
export function compileDockerignore(
  textOrPatterns: string | readonly string[],
): Dockerignore | ((path: string) => boolean) {
  if (typeof textOrPatterns === 'string') return compileIgnoreFile(textOrPatterns);
  return compilePatternList(cleanPatterns(textOrPatterns)).matches;
}

function compileIgnoreFile(text: string): Dockerignore {
  const { rules } = parseDockerignore(text);
  const patterns = compilePatternList(
    rules.map((rule) => rule.pattern),
    { skipFolders: true },
  );
  const excludes = (path: string): boolean => patterns.decide(path).matched;
  return Object.assign(excludes, {
    rules,
    ruleFor(path: string): IgnoreRule | undefined {
      const { by } = patterns.decide(path);
      return by === undefined ? undefined : rules[by];
    },
    excludesBelow: (folder: string) => patterns.below(folder),
  });
}
