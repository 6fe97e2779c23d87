import { isMalformedAtStart } from './match-filepath.js';
import { parsePatternRegexp } from './parse-pattern-regexp.js';
import { anyChar, couldMatchFrom, matchTerms, type Term } from './pattern-terms.js';

/**
 * One pattern of an ignore file, of `--exclude` or of `COPY --parents`, as moby/patternmatcher v0.6 compiles
 * it (https://github.com/moby/patternmatcher):
 *
 * - `**` at the end takes everything that begins with what stands before it (`dir/**` not `dir` itself);
 * - `**` at the start of an otherwise plain pattern takes everything that ends in the rest: `**x` is `*x` in
 *   any folder, and `**` + `/x` is `x` in any folder;
 * - `**` elsewhere is nothing or any text up to a slash, `*` and `?` stop at a slash;
 * - a backslash, brackets, braces and `|` go as they are into a Go regular expression where there is one,
 *   with all that it makes of them (escaping braces and `|` fails: the table of characters is too small).
 */
export interface Pattern {
  matches(path: string): boolean;
  /** False only if no path below the folder can match. */
  couldMatchBelow(folder: string): boolean;
}

/** `undefined` if BuildKit refuses the pattern. It has to be cleaned (see parse-dockerignore.ts). */
export function compilePattern(pattern: string): Pattern | undefined {
  if (isMalformedAtStart(pattern)) return undefined;
  const alternatives = parsePattern(pattern);
  return (
    alternatives && {
      matches: (path) => alternatives.some((terms) => matchTerms(terms, path)),
      couldMatchBelow: (folder) => alternatives.some((each) => couldMatchFrom(each, `${folder}/`)),
    }
  );
}

function parsePattern(pattern: string): Term[][] | undefined {
  if (!/[*?[\]\\]/.test(pattern)) return [[{ kind: 'text', text: pattern }]];
  const middle = /^(\*\*)?([^*?[\]\\]*)(\*\*)?$/.exec(pattern);
  const anything: Term = { kind: 'many', set: anyChar };
  if (pattern === '**') return [[anything]];
  if (middle?.[1] && !middle[3]) return [parseSuffix(middle[2] ?? '', anything)];
  if (middle && !middle[1]) return [[{ kind: 'text', text: middle[2] ?? '' }, anything]];
  return parsePatternRegexp(toRegexp(pattern));
}

function parseSuffix(suffix: string, anything: Term): Term[] {
  if (suffix.startsWith('/')) return [{ kind: 'folders' }, { kind: 'text', text: suffix.slice(1) }];
  return [anything, { kind: 'text', text: suffix }];
}

function toRegexp(pattern: string): string {
  return pattern.replace(/\*\*\/?|\*|\?|\\.|[.+()$]/gsu, (token, offset: number) => {
    if (token.startsWith('**')) return offset + token.length === pattern.length ? '.*' : '(.*/)?';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    return token.startsWith('\\') ? token : `\\${token}`;
  });
}
