/**
 * The regular expressions that an ignore pattern can become (see compile-pattern.ts), and a matcher for
 * them that takes at most (terms x path length) steps: it follows all positions at once and never goes back.
 */

type CharSet = (char: string) => boolean;

export type Term =
  | { readonly kind: 'text'; readonly text: string }
  /** One character of a set, or any number of them. */
  | { readonly kind: 'one' | 'many'; readonly set: CharSet }
  /** `(.*` + `/)?`: nothing, or anything that ends in a slash. */
  | { readonly kind: 'folders' }
  | { readonly kind: 'repeat'; readonly term: Term; readonly min: number; readonly max: number }
  | { readonly kind: 'assertion'; readonly holds: (text: string, position: number) => boolean };

/** The sets of `**` and of `*`. */
export const anyChar: CharSet = () => true;
export const noSlash: CharSet = (char) => char !== '/';

/** True if the terms, one after the other, match the whole text. */
export function matchTerms(terms: readonly Term[], text: string): boolean {
  const first = terms[0];
  const last = terms[terms.length - 1];
  if (last?.kind === 'text' && !text.endsWith(last.text)) return false;
  if (first?.kind === 'text' && !text.startsWith(first.text)) return false;
  if (terms.length === 1 && first?.kind === 'text') return first.text.length === text.length;
  let positions: readonly number[] = [0];
  for (let index = 0; index < terms.length; index++) {
    const term = terms[index] as Term;
    const next = terms[index + 1];
    if (term.kind === 'many' && next?.kind === 'text') {
      positions = findAfterMany(term.set, next.text, { text, positions });
      index++;
    } else positions = advance(term, text, positions);
    if (positions.length === 0) return false;
  }
  return positions.at(-1) === text.length;
}

/** False only if no text that begins with `start` and goes on can match. */
export function couldMatchFrom(terms: readonly Term[], start: string): boolean {
  let positions: readonly number[] = [0];
  for (const term of terms) {
    if (positions.length === 0) return false;
    if (positions.at(-1) === start.length || term.kind === 'folders' || term.kind === 'repeat') return true;
    if (term.kind === 'text' && positions.some((at) => term.text.startsWith(start.slice(at)))) return true;
    if (term.kind !== 'assertion') positions = advance(term, start, positions);
    if (term.kind === 'many' && positions.at(-1) === start.length) return true;
  }
  return false;
}

/** From the ascending positions before a term to the ascending positions after it. */
function advance(term: Term, text: string, positions: readonly number[]): number[] {
  switch (term.kind) {
    case 'text':
      return positions.filter((at) => text.startsWith(term.text, at)).map((at) => at + term.text.length);
    case 'one':
      return positions.map((at) => skipOne(term.set, text, at)).filter((at) => at !== undefined);
    case 'many':
      return advanceMany(term.set, text, positions);
    case 'folders':
      return advanceFolders(text, positions);
    case 'repeat':
      return advanceRepeat(term, text, positions);
    case 'assertion':
      return positions.filter((at) => term.holds(text, at));
  }
}

function advanceMany(set: CharSet, text: string, positions: readonly number[]): number[] {
  const after: number[] = [];
  for (const start of positions) {
    // A start inside the run of an earlier one ends where that one ended.
    if (start <= (after.at(-1) ?? -1)) continue;
    const end = skipMany(set, text, start);
    for (let at = start; at <= end; at++) after.push(at);
  }
  return after;
}

/** The two terms of `*x` in one step, so that only the places of `x` are looked at. */
function findAfterMany(
  set: CharSet,
  wanted: string,
  { text, positions }: { text: string; positions: readonly number[] },
): number[] {
  const after: number[] = [];
  let done = -1;
  for (const start of positions) {
    if (start <= done) continue;
    done = skipMany(set, text, start);
    for (let at = text.indexOf(wanted, start); at >= 0 && at <= done; at = text.indexOf(wanted, at + 1))
      after.push(at + wanted.length);
  }
  return after;
}

function skipMany(set: CharSet, text: string, start: number): number {
  if (set === anyChar) return text.length;
  if (set === noSlash) {
    const slash = text.indexOf('/', start);
    return slash < 0 ? text.length : slash;
  }
  let end = start;
  for (let at: number | undefined = start; at !== undefined; at = skipOne(set, text, at)) end = at;
  return end;
}

function advanceFolders(text: string, positions: readonly number[]): number[] {
  const after = [...positions];
  for (let slash = text.indexOf('/', positions[0]); slash >= 0; slash = text.indexOf('/', slash + 1))
    if (positions.length === 1 || !positions.includes(slash + 1)) after.push(slash + 1);
  return positions.length === 1 ? after : after.sort((a, b) => a - b);
}

function advanceRepeat(
  { term, min, max }: { term: Term; min: number; max: number },
  text: string,
  positions: readonly number[],
): number[] {
  const after = new Set(min === 0 ? positions : []);
  let current = positions;
  for (let count = 1; count <= max && current.length > 0; count++) {
    current = advance(term, text, current);
    if (count >= min) for (const at of current) after.add(at);
  }
  return [...after].sort((a, b) => a - b);
}

function skipOne(set: CharSet, text: string, at: number): number | undefined {
  const code = text.codePointAt(at);
  if (code === undefined) return undefined;
  const char = String.fromCodePoint(code);
  return set(char) ? at + char.length : undefined;
}
