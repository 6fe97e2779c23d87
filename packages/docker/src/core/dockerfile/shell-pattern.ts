/**
 * The patterns of `${v#pattern}`, `${v%pattern}` and `${v/pattern/text}`: `*` is any text, `?` one
 * character, `\` escapes `*`, `?`, `\`, `}` and `/`; there are no character classes. Matching is written out,
 * since a regular expression made of many stars can take exponential time.
 */

export type TrimEnd = 'start' | 'end';
export type PatternResult =
  | { readonly text: string; readonly failure?: undefined }
  | { readonly text?: undefined; readonly failure: string };

/** Beyond these a text was made to take time or memory; BuildKit itself has no limits. */
export const maximumExpandedLength = 2 ** 22;
const maximumSteps = 10 ** 8;

/** What stands between two stars: characters, or `undefined` for a `?`. */
type Segment = readonly (string | undefined)[];

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Cuts the shortest (or with `greedy` the longest) match from an end of `text`. */
export function trimShellPattern(
  text: string,
  pattern: string,
  { end, greedy }: { end: TrimEnd; greedy: boolean },
): PatternResult {
  const segments = parsePattern(pattern);
  if (typeof segments === 'string') return { failure: segments };
  const characters = Array.from(text);
  if (isTooCostly(characters, pattern)) return { failure: 'the pattern and the value are too long' };
  const isStart = end === 'start';
  const match = matchAt(
    isStart ? segments : reversed(segments),
    isStart ? characters : characters.reverse(),
    { start: 0, greedy },
  );
  const rest = characters.slice(match?.end ?? 0);
  return { text: (isStart ? rest : rest.reverse()).join('') };
}

/**
 * Replaces the first match, or all. With `all`, `$name` in the replacement is what it is to Go's
 * `Regexp.ReplaceAllString`: `$0` the match, any other name nothing, `$$` a dollar.
 */
export function replaceShellPattern(
  text: string,
  pattern: string,
  { replacement, all }: { replacement: string; all: boolean },
): PatternResult {
  const segments = parsePattern(pattern);
  if (typeof segments === 'string') return { failure: segments };
  const characters = Array.from(text);
  if (isTooCostly(characters, pattern)) return { failure: 'the pattern and the value are too long' };
  const spans = findAll(segments, characters, all);
  let result = '';
  let position = 0;
  for (const { start, end } of spans) {
    const matched = characters.slice(start, end).join('');
    result += characters.slice(position, start).join('') + (all ? fillIn(replacement, matched) : replacement);
    position = end;
    if (result.length > maximumExpandedLength) return { failure: 'the value becomes too long' };
  }
  return { text: result + characters.slice(position).join('') };
}

function isTooCostly(text: readonly string[], pattern: string): boolean {
  return text.length * pattern.length > maximumSteps;
}

function parsePattern(pattern: string): Segment[] | string {
  const segments: (string | undefined)[][] = [[]];
  const characters = Array.from(pattern);
  for (let i = 0; i < characters.length; i++) {
    let char = characters[i];
    if (char === '*') {
      segments.push([]);
      continue;
    }
    if (char === '\\') {
      char = characters[++i];
      if (char === undefined || !'*?\\}/'.includes(char)) {
        return `invalid pattern (${pattern}) in substitution: invalid escape '\\${char ?? ''}'`;
      }
      segments.at(-1)?.push(char);
      continue;
    }
    segments.at(-1)?.push(char === '?' ? undefined : char);
  }
  return segments;
}

function reversed(segments: readonly Segment[]): Segment[] {
  return segments.map((segment) => [...segment].reverse()).reverse();
}

function findAll(segments: readonly Segment[], text: readonly string[], all: boolean): Span[] {
  const spans: Span[] = [];
  let position = 0;
  while (position <= text.length) {
    const span = findFrom(segments, text, position);
    if (!span) break;
    const isRepeatedEmpty = span.end === span.start && spans.at(-1)?.end === span.start;
    if (!isRepeatedEmpty) spans.push(span);
    if (!all) break;
    position = span.end > span.start ? span.end : span.end + 1;
  }
  return spans;
}

/** The leftmost match. Where stars follow, a later start cannot match if an earlier one does not. */
function findFrom(segments: readonly Segment[], text: readonly string[], from: number): Span | undefined {
  const first = segments[0] ?? [];
  for (let start = from; start + first.length <= text.length; start++) {
    if (!fits(first, text, start)) continue;
    const match = matchAt(segments, text, { start, greedy: true });
    if (match || segments.length > 1) return match;
  }
  return undefined;
}

/** Stars take as little as they can; only the last one decides how far a greedy match goes. */
function matchAt(
  segments: readonly Segment[],
  text: readonly string[],
  { start, greedy }: { start: number; greedy: boolean },
): Span | undefined {
  let position = start;
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    const found =
      index === 0
        ? position
        : greedy && isLast
          ? findLast(segment, text, position)
          : findFirst(segment, text, position);
    if (found === undefined || !fits(segment, text, found)) return undefined;
    position = found + segment.length;
  }
  return { start, end: position };
}

function findFirst(segment: Segment, text: readonly string[], from: number): number | undefined {
  for (let i = from; i + segment.length <= text.length; i++) if (fits(segment, text, i)) return i;
  return undefined;
}

function findLast(segment: Segment, text: readonly string[], from: number): number | undefined {
  for (let i = text.length - segment.length; i >= from; i--) if (fits(segment, text, i)) return i;
  return undefined;
}

function fits(segment: Segment, text: readonly string[], at: number): boolean {
  if (at + segment.length > text.length) return false;
  return segment.every((char, i) => char === undefined || char === text[at + i]);
}

function fillIn(template: string, matched: string): string {
  return template.replace(/\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu, (all, braced, bare) => {
    if (all === '$$') return '$';
    return /^0+$/.test(braced ?? bare) ? matched : '';
  });
}
