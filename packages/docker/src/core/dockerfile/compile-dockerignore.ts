import { compilePatternList } from './compile-pattern-list.js';
import { type IgnoreRule, parseDockerignore } from './parse-dockerignore.js';

/** A compiled ignore file. Paths are relative to the context root, with `/`, without a leading `./`. */
export interface Dockerignore {
  readonly rules: readonly IgnoreRule[];
  /** True if the file is not sent to the build. */
  excludes(path: string): boolean;
  /** The rule that keeps a path out or takes it back in; `undefined` if none matches. */
  ruleFor(path: string): IgnoreRule | undefined;
  /**
   * What of everything that is or could be below a folder is kept out: `all`, `none`, or `some` where it
   * depends on the name. `some` may be said too often, the others are certain.
   */
  excludesBelow(folder: string): 'all' | 'none' | 'some';
}

/** Compiles the text of an ignore file, or its lines. Malformed patterns match nothing. */
export function compileDockerignore(textOrPatterns: string | readonly string[]): Dockerignore {
  const text = typeof textOrPatterns === 'string' ? textOrPatterns : textOrPatterns.join('\n');
  const { rules } = parseDockerignore(text);
  const patterns = compilePatternList(
    rules.map((rule) => rule.pattern),
    { skipFolders: true },
  );
  return {
    rules,
    excludes: (path) => patterns.decide(path).matched,
    ruleFor(path) {
      const { by } = patterns.decide(path);
      return by === undefined ? undefined : rules[by];
    },
    excludesBelow: (folder) => patterns.below(folder),
  };
}
