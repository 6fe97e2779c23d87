/** A pattern of GitHub's path, branch and tag filters, ready for matching; or what is wrong with it. */
export type CompiledPathPattern =
  | { readonly isNegated: boolean; readonly matches: (name: string) => boolean }
  | PatternFailure;

export interface PatternFailure {
  readonly failure: string;
  /** The character that is wrong, counted from 1 in code points. */
  readonly column: number;
}

interface Part {
  /** The source of a regular expression. */
  readonly source: string;
  /** True if `?` and `+` can stand behind it. */
  readonly repeats: boolean;
  /** How many characters of the pattern it takes. */
  readonly length: number;
}

/**
 * Compiles one pattern by GitHub's rules, which are nobody else's: `*` stops at `/`, `**` does not, `?` and `+` repeat
 * the character before them, `[]` holds characters and the ranges a-z, A-Z and 0-9, `\` takes the next character as it
 * is, and a dot at the start of a name is nothing special. The whole name has to match.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function compilePathPattern(pattern: string): CompiledPathPattern {
  const isNegated = pattern.startsWith('!');
  const chars = [...pattern].slice(isNegated ? 1 : 0);
  const skipped = isNegated ? 1 : 0;
  if (chars.length === 0) return { failure: 'there is nothing to match in it', column: 1 };
  const sources: string[] = [];
  let repeats = false;
  for (let at = 0; at < chars.length; ) {
    const part = readPart(chars, at, repeats);
    if ('failure' in part) return { ...part, column: part.column + skipped };
    sources.push(part.source);
    repeats = part.repeats;
    at += part.length;
  }
  const expression = new RegExp(`^${sources.join('')}$`, 'su');
  return { isNegated, matches: (name) => expression.test(name) };
}

function readPart(chars: readonly string[], at: number, repeats: boolean): Part | PatternFailure {
  const char = chars[at] ?? '';
  if (char === '*') return readStars(chars, at);
  if (char === '?' || char === '+') {
    if (repeats) return { source: char, repeats: false, length: 1 };
    return { failure: `there is no single character before ${char} that it could repeat`, column: at + 1 };
  }
  if (char === '[') return readClass(chars, at);
  if (char !== '\\') return { source: escapeChar(char), repeats: true, length: 1 };
  const next = chars[at + 1];
  if (next === undefined) return { failure: 'there is no character behind the last \\', column: at + 1 };
  return { source: escapeChar(next), repeats: true, length: 2 };
}

/** `**` in front of a slash also stands for no folder at all. */
function readStars(chars: readonly string[], at: number): Part {
  if (chars[at + 1] !== '*') return { source: '[^/]*', repeats: false, length: 1 };
  let length = 2;
  while (chars[at + length] === '*') length += 1;
  if (chars[at + length] !== '/') return { source: '.*', repeats: false, length };
  const more = chars.slice(at + length + 1).join('');
  // `**/**/` says no more than `**/`, but would try far more ways of matching.
  const again = /^(?:\*\*+\/)+/.exec(more)?.[0].length ?? 0;
  return { source: '(?:.+/)?', repeats: false, length: length + 1 + again };
}

function readClass(chars: readonly string[], at: number): Part | PatternFailure {
  const end = chars.indexOf(']', at + 1);
  if (end < 0) return { failure: 'there is no ] for this [', column: at + 1 };
  if (end === at + 1) return { failure: 'there is nothing between [ and ]', column: at + 1 };
  if (/[!^]/.test(chars[at + 1] ?? ''))
    return { failure: `GitHub does not say what [${chars[at + 1]} means`, column: at + 2 };
  let source = '';
  for (let i = at + 1; i < end; i++) {
    if (chars[i + 1] !== '-' || i + 2 >= end) {
      source += escapeInClass(chars[i] ?? '');
      continue;
    }
    const range = `${chars[i]}-${chars[i + 2]}`;
    if (!isRange(chars[i] ?? '', chars[i + 2] ?? ''))
      return { failure: `the range ${range} is not within a-z, A-Z or 0-9`, column: i + 1 };
    source += range;
    i += 2;
  }
  return { source: `[${source}]`, repeats: true, length: end - at + 1 };
}

function isRange(from: string, to: string): boolean {
  return from <= to && [/^[a-z]{2}$/, /^[A-Z]{2}$/, /^[0-9]{2}$/].some((kind) => kind.test(from + to));
}

function escapeChar(char: string): string {
  return char.replace(/[.*+?^$()|[\]{}\\/]/, '\\$&');
}

function escapeInClass(char: string): string {
  return char.replace(/[\\\]^-]/, '\\$&');
}
