/**
 * The globs of COPY and ADD sources: Go's `filepath.Match` on Unix (https://pkg.go.dev/path/filepath#Match).
 *
 * ```text
 * pattern = { term }
 * term    = '*'                       any run of characters but '/', dots included
 *         | '?'                       one character but '/'
 *         | '[' [ '^' ] range+ ']'    one character, even '/'
 *         | '\' any | any             that character
 * range   = char [ '-' char ]         char is no bare '-' or ']'
 * ```
 *
 * The whole path has to match. `**` is `*`, `!` negates nothing, and there are no braces.
 */

interface CharacterClass {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [low: number, high: number])[];
}

/** What matches one character: a code point, any but a slash, or a class. */
type Term = number | '?' | CharacterClass;

/** Terms between stars; `star` tells if a star stands before them. */
interface Chunk {
  readonly star: boolean;
  readonly terms: Term[];
}

const slash = 0x2f;

/** True if `path` matches `pattern` as a whole; a malformed pattern matches nothing. */
export function matchFilepath(pattern: string, path: string): boolean {
  return compileFilepath(pattern)?.(path) ?? false;
}

/** Compiles a pattern for repeated use; `undefined` if it is malformed (Go's ErrBadPattern). */
export function compileFilepath(pattern: string): ((path: string) => boolean) | undefined {
  const { chunks, malformed } = parseChunks(codePoints(pattern));
  if (malformed) return undefined;
  return (path) => matchChunks(chunks, codePoints(path));
}

/**
 * True if Go's Match finds the error whatever the path is: it stops at the first chunk that does not fit, so
 * that an error after a later star may never be seen.
 */
export function isMalformedAtStart(pattern: string): boolean {
  const { chunks, malformed } = parseChunks(codePoints(pattern));
  return malformed && chunks.slice(0, -1).every((chunk) => chunk.terms.length === 0);
}

/** True if a COPY or ADD source is a glob for BuildKit: an unescaped `*`, `?` or `[` stands in it. */
export function hasFilepathWildcard(pattern: string): boolean {
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '\\') i++;
    else if (char === '*' || char === '?' || char === '[') return true;
  }
  return false;
}

/**
 * Each chunk takes the leftmost place where it fits, as Go does, and is never moved again, so the time is
 * at most the product of both lengths.
 */
function matchChunks(chunks: readonly Chunk[], path: readonly number[]): boolean {
  let position = 0;
  for (const [index, chunk] of chunks.entries()) {
    const last = index === chunks.length - 1;
    if (last && chunk.star && chunk.terms.length === 0) return !path.includes(slash, position);
    const start = findChunk(chunk, path, { position, last });
    if (start === undefined) return false;
    position = start + chunk.terms.length;
  }
  return position === path.length;
}

function findChunk(
  chunk: Chunk,
  path: readonly number[],
  { position, last }: { position: number; last: boolean },
): number | undefined {
  for (let start = position; start <= path.length; start++) {
    const end = start + chunk.terms.length;
    if (matchTerms(chunk.terms, path, start) && (!last || end === path.length)) return start;
    if (!chunk.star || path[start] === slash) return undefined;
  }
  return undefined;
}

function matchTerms(terms: readonly Term[], path: readonly number[], start: number): boolean {
  if (start + terms.length > path.length) return false;
  return terms.every((term, offset) => matchTerm(term, path[start + offset] as number));
}

function matchTerm(term: Term, char: number): boolean {
  if (typeof term === 'number') return term === char;
  if (term === '?') return char !== slash;
  return term.ranges.some(([low, high]) => low <= char && char <= high) !== term.negated;
}

/** Stops at the first malformed term. */
function parseChunks(pattern: readonly number[]): { chunks: Chunk[]; malformed: boolean } {
  const chunks: Chunk[] = [{ star: false, terms: [] }];
  for (let at = 0; at < pattern.length; ) {
    const chunk = chunks.at(-1) as Chunk;
    if (is(pattern[at], '*')) {
      if (chunk.terms.length > 0 || !chunk.star) chunks.push({ star: true, terms: [] });
      at++;
      continue;
    }
    const parsed = parseTerm(pattern, at);
    if (!parsed) return { chunks, malformed: true };
    chunk.terms.push(parsed.term);
    at = parsed.end;
  }
  return { chunks, malformed: false };
}

function parseTerm(pattern: readonly number[], at: number): { term: Term; end: number } | undefined {
  if (is(pattern[at], '?')) return { term: '?', end: at + 1 };
  if (is(pattern[at], '[')) return parseClass(pattern, at + 1);
  const start = is(pattern[at], '\\') ? at + 1 : at;
  const term = pattern[start];
  return term === undefined ? undefined : { term, end: start + 1 };
}

function parseClass(pattern: readonly number[], at: number): { term: Term; end: number } | undefined {
  const negated = is(pattern[at], '^');
  let end = negated ? at + 1 : at;
  const ranges: [number, number][] = [];
  while (ranges.length === 0 || !is(pattern[end], ']')) {
    const low = parseClassChar(pattern, end);
    if (!low) return undefined;
    const high = is(pattern[low.end], '-') ? parseClassChar(pattern, low.end + 1) : low;
    if (!high) return undefined;
    ranges.push([low.char, high.char]);
    end = high.end;
  }
  return { term: { negated, ranges }, end: end + 1 };
}

function parseClassChar(pattern: readonly number[], at: number): { char: number; end: number } | undefined {
  if (is(pattern[at], '-') || is(pattern[at], ']')) return undefined;
  const start = is(pattern[at], '\\') ? at + 1 : at;
  const char = pattern[start];
  return char === undefined ? undefined : { char, end: start + 1 };
}

function is(char: number | undefined, text: string): boolean {
  return char === text.codePointAt(0);
}

function codePoints(text: string): number[] {
  return Array.from(text, (char) => char.codePointAt(0) as number);
}
