import { anyChar, noSlash, type Term } from './pattern-terms.js';

/**
 * Parses the part of Go's regular expressions (https://pkg.go.dev/regexp/syntax) that an ignore pattern can
 * reach: literals, `[classes]`, `[class]*`, `.*`, the group `(.*` + `/)?`, `\` escapes, assertions, `{2,3}`
 * and `|`. The expression stands between `^` and `$`, which bind only to the first and the last alternative.
 *
 * @returns The terms of each alternative, or `undefined` where Go refuses the expression.
 */
export function parsePatternRegexp(source: string): Term[][] | undefined {
  const alternatives: Term[][] = [[]];
  for (let at = 0; at < source.length; ) {
    const terms = alternatives.at(-1) as Term[];
    if (source[at] === '|') {
      alternatives.push([]);
      at++;
      continue;
    }
    const repeat = /^\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/.exec(source.slice(at));
    const parsed = repeat ? parseRepeat(repeat, terms.pop()) : parseTerm(source, at);
    if (!parsed) return undefined;
    terms.push(parsed.term);
    at = repeat ? at + parsed.end : parsed.end;
  }
  return anchor(alternatives).map(simplify);
}

const anything: Term = { kind: 'many', set: anyChar };

function anchor(alternatives: readonly Term[][]): Term[][] {
  return alternatives.map((terms, index) => [
    ...(index === 0 ? [] : [anything]),
    ...terms,
    ...(index === alternatives.length - 1 ? [] : [anything]),
  ]);
}

/** Joins adjacent text, and makes `(.*` + `/)?` with `[^/]*` behind it what it is: any text. */
function simplify(terms: readonly Term[]): Term[] {
  const simple: Term[] = [];
  for (const term of terms) {
    const previous = simple.at(-1);
    if (term.kind === 'text' && previous?.kind === 'text')
      simple[simple.length - 1] = { kind: 'text', text: previous.text + term.text };
    else if (term.kind === 'many' && term.set === noSlash && previous?.kind === 'folders')
      simple[simple.length - 1] = anything;
    else simple.push(term);
  }
  return simple;
}

interface Parsed<T> {
  readonly term: T;
  readonly end: number;
}

type CharSet = (char: string) => boolean;

const anyFolders = '(.*/)?';

function parseTerm(source: string, at: number): Parsed<Term> | undefined {
  if (source.startsWith(anyFolders, at)) return { term: { kind: 'folders' }, end: at + anyFolders.length };
  if (source.startsWith('.*', at)) return { term: { kind: 'many', set: anyChar }, end: at + 2 };
  const char = String.fromCodePoint(source.codePointAt(at) as number);
  if (char === '[') return parseClassTerm(source, at);
  if (char === '\\') return parseEscapeTerm(source, at);
  if (char === '*') return undefined;
  if (char === '^')
    return { term: { kind: 'assertion', holds: (_, position) => position === 0 }, end: at + 1 };
  return { term: { kind: 'text', text: char }, end: at + char.length };
}

/** Go stacks no repetitions and takes counts up to 1000. */
function parseRepeat(repeat: RegExpExecArray, term: Term | undefined): Parsed<Term> | undefined {
  const [text, least, comma, most] = repeat;
  const min = Number(least);
  const max = comma ? Number(most ?? 1000) : min;
  const stacked = term?.kind === 'many' || term?.kind === 'folders' || term?.kind === 'repeat';
  if (!term || stacked || min > max || max > 1000) return undefined;
  return { term: { kind: 'repeat', term, min, max }, end: text.length };
}

function parseClassTerm(source: string, at: number): Parsed<Term> | undefined {
  if (source.startsWith('[^/]*', at)) return { term: { kind: 'many', set: noSlash }, end: at + 5 };
  const parsed = parseClass(source, at + 1);
  if (!parsed) return undefined;
  const many = source[parsed.end] === '*';
  return {
    term: { kind: many ? 'many' : 'one', set: parsed.term },
    end: many ? parsed.end + 1 : parsed.end,
  };
}

const assertions: Readonly<Record<string, (text: string, position: number) => boolean>> = {
  A: (_, position) => position === 0,
  z: (text, position) => position === text.length,
  b: isWordBoundary,
  B: (text, position) => !isWordBoundary(text, position),
};

function isWordBoundary(text: string, position: number): boolean {
  return /\w/.test(text.charAt(position - 1)) !== /\w/.test(text.charAt(position));
}

function parseEscapeTerm(source: string, at: number): Parsed<Term> | undefined {
  const letter = source.charAt(at + 1);
  const holds = Object.hasOwn(assertions, letter) ? assertions[letter] : undefined;
  if (holds) return { term: { kind: 'assertion', holds }, end: at + 2 };
  const set = parsePerlClass(source, at);
  if (set) return { term: { kind: 'one', set: set.term }, end: set.end };
  const char = parseEscape(source, at);
  return char && { term: { kind: 'text', text: char.term }, end: char.end };
}

/** After the opening bracket; a closing bracket that comes first is a character. */
function parseClass(source: string, start: number): Parsed<CharSet> | undefined {
  const negated = source[start] === '^';
  let at = negated ? start + 1 : start;
  const sets: CharSet[] = [];
  while (sets.length === 0 || source[at] !== ']') {
    const parsed = parseNamedClass(source, at) ?? parsePerlClass(source, at) ?? parseRange(source, at);
    if (!parsed) return undefined;
    sets.push(parsed.term);
    at = parsed.end;
  }
  return { term: (char) => sets.some((set) => set(char)) !== negated, end: at + 1 };
}

/** The bodies of `[:name:]` in ASCII. */
const namedClasses: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-/:-@[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

function parseNamedClass(source: string, at: number): Parsed<CharSet> | undefined {
  const [text, not, name] = /^\[:(\^?)(\w+):\]/.exec(source.slice(at)) ?? [];
  if (text === undefined || name === undefined || !Object.hasOwn(namedClasses, name)) return undefined;
  const set = new RegExp(`^[${not}${namedClasses[name]}]$`, 'u');
  return { term: (char) => set.test(char), end: at + text.length };
}

function parsePerlClass(source: string, at: number): Parsed<CharSet> | undefined {
  const letter = source[at] === '\\' ? source[at + 1] : undefined;
  if (letter === undefined || !'dswDSW'.includes(letter)) return undefined;
  const body = { d: '0-9', s: '\\t\\n\\f\\r ', w: '0-9A-Za-z_' }[letter.toLowerCase()] ?? '';
  const set = new RegExp(`^[${letter === letter.toLowerCase() ? '' : '^'}${body}]$`, 'u');
  return { term: (char) => set.test(char), end: at + 2 };
}

function parseRange(source: string, at: number): Parsed<CharSet> | undefined {
  // Go takes `[:` for a named class as soon as `:]` follows, and refuses a name that it does not know.
  if (source.startsWith('[:', at) && source.includes(':]', at + 2)) return undefined;
  const low = parseClassChar(source, at);
  if (!low) return undefined;
  const isRange = source[low.end] === '-' && low.end + 1 < source.length && source[low.end + 1] !== ']';
  const high = isRange ? parseClassChar(source, low.end + 1) : low;
  if (!high) return undefined;
  const [from, to] = [low.term.codePointAt(0) ?? 0, high.term.codePointAt(0) ?? 0];
  if (to < from) return undefined;
  const inRange: CharSet = (char) => from <= (char.codePointAt(0) ?? 0) && (char.codePointAt(0) ?? 0) <= to;
  return { term: inRange, end: high.end };
}

function parseClassChar(source: string, at: number): Parsed<string> | undefined {
  const code = source.codePointAt(at);
  if (code === undefined) return undefined;
  if (source[at] === '\\') return parseEscape(source, at);
  const char = String.fromCodePoint(code);
  return { term: char, end: at + char.length };
}

const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Punctuation stands for itself, a few letters for control characters, and codes for a character. */
function parseEscape(source: string, at: number): Parsed<string> | undefined {
  const rest = source.slice(at + 1);
  const [octal] = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest) ?? [];
  if (octal) return { term: String.fromCodePoint(Number.parseInt(octal, 8)), end: at + 1 + octal.length };
  const [, hex] = /^x([0-9a-fA-F]{2})/.exec(rest) ?? [];
  if (hex) return { term: String.fromCodePoint(Number.parseInt(hex, 16)), end: at + 4 };
  const char = rest.charAt(0);
  if (Object.hasOwn(controls, char)) return { term: controls[char] as string, end: at + 2 };
  return /^[^0-9A-Za-z\u0080-\u{10FFFF}]$/u.test(char) ? { term: char, end: at + 2 } : undefined;
}
