import { maximumExpandedLength } from './shell-pattern.js';
import { append, certain, type Piece, pieceOf, type VariableValue } from './shell-piece.js';
import { replaceInVariable, type SubstitutionFailure, substituteVariable } from './substitute-variable.js';

export interface ShellLexerOptions {
  readonly escape: string;
  /** `remove` quotes, `keep` them in the result, or treat them as any other character (`ignore`). */
  readonly quotes: 'remove' | 'keep' | 'ignore';
  readonly lookup: (name: string) => VariableValue;
  /** Variables that are not set stay as they are written. */
  readonly keepUnset?: boolean;
  /** Escape characters stay in the result. */
  readonly keepEscapes?: boolean;
}

export interface ShellLexer extends ShellLexerOptions {
  readonly source: string;
  position: number;
  /** Changes while the pattern of a `${v#pattern}` is read. */
  keepEscapes: boolean;
  depth: number;
  readonly unset: Set<string>;
  readonly uncertain: Set<string>;
  /** Why the text is malformed; every function below then returns `undefined`. */
  failure?: string;
}

/** BuildKit has no limit; this one keeps a hostile text from exhausting the stack. */
const maximumDepth = 200;

/** Starts to read `source`; BuildKit's scanner skips a byte order mark in front of any word. */
export function createShellLexer(source: string, options: ShellLexerOptions): ShellLexer {
  const position = source.startsWith('\uFEFF') ? 1 : 0;
  const { keepEscapes = false } = options;
  return { ...options, keepEscapes, source, position, depth: 0, unset: new Set(), uncertain: new Set() };
}

/** Reads up to `stop`, which is consumed, or to the end where `stop` is `undefined`. */
export function lexUntil(
  lexer: ShellLexer,
  stop: string | undefined,
  keepEscapes: boolean,
): Piece | undefined {
  const outer = lexer.keepEscapes;
  lexer.keepEscapes = keepEscapes;
  const piece = lexTokens(lexer, stop);
  lexer.keepEscapes = outer;
  return piece;
}

function lexTokens(lexer: ShellLexer, stop: string | undefined): Piece | undefined {
  let result = certain('');
  while (lexer.position < lexer.source.length) {
    if (lexer.source[lexer.position] === stop) {
      lexer.position++;
      return result;
    }
    const piece = lexToken(lexer);
    if (!piece) return undefined;
    result = append(result, piece);
    if (result.text.length > maximumExpandedLength) return fail(lexer, 'the value becomes too long');
  }
  return stop === undefined
    ? result
    : fail(lexer, `unexpected end of statement, looking for a matching ${stop}`);
}

/** Reads one variable, quoted text, escaped character or plain character. */
export function lexToken(lexer: ShellLexer): Piece | undefined {
  const char = lexer.source.charAt(lexer.position);
  if (char === '$') return lexVariable(lexer);
  if (char === "'" && lexer.quotes !== 'ignore') return lexSingleQuotes(lexer);
  if (char === '"' && lexer.quotes !== 'ignore') return lexDoubleQuotes(lexer);
  lexer.position++;
  if (char !== lexer.escape) return certain(char);
  const kept = lexer.keepEscapes ? char : '';
  return certain(kept + lexer.source.charAt(lexer.position++));
}

function lexSingleQuotes(lexer: ShellLexer): Piece | undefined {
  const end = lexer.source.indexOf("'", lexer.position + 1);
  if (end < 0) return fail(lexer, 'unexpected end of statement, looking for a matching single quote');
  const inner = lexer.source.slice(lexer.position + 1, end);
  lexer.position = end + 1;
  return certain(lexer.quotes === 'keep' ? `'${inner}'` : inner);
}

function lexDoubleQuotes(lexer: ShellLexer): Piece | undefined {
  const quote = certain(lexer.quotes === 'keep' ? '"' : '');
  let result = quote;
  lexer.position++;
  while (lexer.position < lexer.source.length) {
    const char = lexer.source.charAt(lexer.position);
    if (char === '"') {
      lexer.position++;
      return append(result, quote);
    }
    const piece = char === '$' ? lexVariable(lexer) : certain(readQuotedCharacter(lexer));
    if (!piece) return undefined;
    result = append(result, piece);
    if (result.text.length > maximumExpandedLength) return fail(lexer, 'the value becomes too long');
  }
  return fail(lexer, 'unexpected end of statement, looking for a matching double quote');
}

/** Between double quotes only the quote, `$` and the escape character itself can be escaped. */
function readQuotedCharacter(lexer: ShellLexer): string {
  const char = lexer.source.charAt(lexer.position++);
  if (char !== lexer.escape) return char;
  const kept = lexer.keepEscapes ? char : '';
  if (lexer.position === lexer.source.length) return kept;
  const next = lexer.source.charAt(lexer.position);
  if (next !== '"' && next !== '$' && next !== lexer.escape) return kept + char;
  lexer.position++;
  return kept + next;
}

function lexVariable(lexer: ShellLexer): Piece | undefined {
  lexer.position++;
  if (lexer.source[lexer.position] === '{') return lexBraces(lexer);
  const name = readName(lexer);
  if (name === '') return certain('$');
  return expandName(lexer, name, `$${name}`);
}

function lexBraces(lexer: ShellLexer): Piece | undefined {
  const first = lexer.source[++lexer.position];
  if (first === undefined) return fail(lexer, "syntax error: missing '}'");
  if (first === '{' || first === '}' || first === ':') return fail(lexer, 'syntax error: bad substitution');
  if (lexer.depth >= maximumDepth) return fail(lexer, 'substitutions are nested too deeply');
  lexer.depth++;
  const piece = lexSubstitution(lexer, readName(lexer));
  lexer.depth--;
  return piece;
}

function lexSubstitution(lexer: ShellLexer, name: string): Piece | undefined {
  const operator = lexer.source.charAt(lexer.position++);
  if (operator === '}') return expandName(lexer, name, `\${${name}}`);
  if (operator === '/') return lexReplacement(lexer, name);
  const nullIsUnset = operator === ':';
  const modifier = nullIsUnset ? lexer.source.charAt(lexer.position++) : operator;
  if (!nullIsUnset && !'+-?#%'.includes(modifier))
    return fail(lexer, `unsupported modifier (${operator}) in substitution`);
  if (modifier === '' || operator === '') return fail(lexer, "syntax error: missing '}'");
  const word = lexUntil(lexer, '}', modifier === '#' || modifier === '%');
  if (!word) return failAtEnd(lexer, "syntax error: missing '}'");
  const value = look(lexer, name);
  if (isKept(lexer, value)) return certain(`\${${name}${nullIsUnset ? ':' : ''}${modifier}${word.text}}`);
  return settle(lexer, substituteVariable({ name, value, word, modifier, nullIsUnset }));
}

function lexReplacement(lexer: ShellLexer, name: string): Piece | undefined {
  const all = lexer.source[lexer.position] === '/';
  if (all) lexer.position++;
  const pattern = lexUntil(lexer, '/', true);
  if (!pattern) return failAtEnd(lexer, "syntax error: missing '/' in ${}");
  const replacement = lexUntil(lexer, '}', true);
  if (!replacement) return failAtEnd(lexer, "syntax error: missing '}'");
  const value = look(lexer, name);
  if (isKept(lexer, value)) return certain(`\${${name}/${pattern.text}/${replacement.text}}`);
  return settle(lexer, replaceInVariable(value, pattern, { replacement, all }));
}

/** Letters, digits and `_`; all digits if it starts with one; or one special parameter such as `@`. */
function readName(lexer: ShellLexer): string {
  const pattern = /\p{Nd}+|[@*#?\-$!]|[\p{L}_][\p{L}\p{Nd}_]*/uy;
  pattern.lastIndex = lexer.position;
  const name = pattern.exec(lexer.source)?.[0] ?? '';
  lexer.position += name.length;
  return name;
}

function expandName(lexer: ShellLexer, name: string, written: string): Piece {
  const value = look(lexer, name);
  return isKept(lexer, value) ? certain(written) : pieceOf(value);
}

function look(lexer: ShellLexer, name: string): VariableValue {
  const value = lexer.lookup(name);
  if (value.text === undefined) lexer.unset.add(name);
  if (value.knownPrefix !== undefined) lexer.uncertain.add(name);
  return value;
}

function isKept(lexer: ShellLexer, value: VariableValue): boolean {
  return lexer.keepUnset === true && value.text === undefined;
}

function settle(lexer: ShellLexer, result: Piece | SubstitutionFailure): Piece | undefined {
  return 'failure' in result ? fail(lexer, result.failure) : result;
}

function fail(lexer: ShellLexer, reason: string): undefined {
  lexer.failure = reason;
  return undefined;
}

/** What is missing at the end of the text says more than the failure inside. */
function failAtEnd(lexer: ShellLexer, reason: string): undefined {
  if (lexer.position >= lexer.source.length) lexer.failure = reason;
  return undefined;
}
