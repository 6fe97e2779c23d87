import { compileDornyPattern } from '../path-filter/decide-dorny.js';
import { compilePathFilter } from '../path-filter/match-path-filter.js';
import { compileFnmatch } from '../path-filter/ruby-fnmatch.js';
import type { PathList } from './path-list.js';

/** A list of paths, ready to be asked about files. */
export interface CompiledList {
  /** True if a change of the file starts what the list guards. */
  passes(path: string): boolean;
  /** For each pattern, without its `!`: whether it matches the file. */
  readonly patterns: readonly ((path: string) => boolean)[];
  readonly isNegated: readonly boolean[];
}

/** Compiles a list in its own dialect. */
export function compileList({ dialect, items, quantifier }: PathList): CompiledList {
  const texts = items.map(({ pattern }) => pattern);
  const isNegated = texts.map((text) => text.startsWith('!') && dialect !== 'changes');
  if (dialect === 'changes') {
    const patterns = texts.map(compileFnmatch);
    return { patterns, isNegated, passes: (path) => patterns.some((matches) => matches(path)) };
  }
  if (dialect === 'dorny') {
    const whole = texts.map(compileDornyPattern);
    const patterns = texts.map((text) => compileDornyPattern(text.replace(/^!/, '')));
    const passes = (path: string): boolean =>
      quantifier === 'every'
        ? whole.length > 0 && whole.every((matches) => matches(path))
        : whole.some((matches) => matches(path));
    return { patterns, isNegated, passes };
  }
  const filter = compilePathFilter(texts);
  const patterns = texts.map((text) => {
    const single = compilePathFilter([text.replace(/^!/, '')]);
    return (path: string): boolean => single.decides(path) !== undefined;
  });
  return { patterns, isNegated, passes: (path) => filter.matches(path) === (dialect === 'paths') };
}
