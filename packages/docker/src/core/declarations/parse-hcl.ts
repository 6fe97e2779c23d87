import type { Value } from './declaration.js';

/** One block: `target "api" { … }` has the type `target` and the labels `["api"]`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: Readonly<Record<string, HclExpression>>;
}

export interface HclFile {
  readonly blocks: readonly HclBlock[];
  readonly attributes: Readonly<Record<string, HclExpression>>;
}

/** A value, once the variables are known; calls and operators give `undefined`, for they are not evaluated here. */
export type HclExpression = (variables: Readonly<Record<string, Value>>) => Value;

/**
 * Parses the part of HCL that bake files are written in: blocks, attributes, literals, templates, lists and
 * objects (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md). Never throws: what it does not know is
 * skipped to the end of its line, so that one clever expression does not hide the rest of the file.
 */
export function parseHcl(text: string): HclFile {
  return parseBody(tokenize(text), false);
}

type Token =
  | { readonly kind: 'word' | 'number' | 'symbol'; readonly text: string }
  | { readonly kind: 'template'; readonly expression: HclExpression }
  | { readonly kind: 'line' };

interface Tokens {
  readonly list: readonly Token[];
  at: number;
}

const tokenPattern =
  /[ \t\r]+|(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\/|(?<line>\n)|(?<number>-?\d+(?:\.\d+)?)|(?<word>[A-Za-z_][\w-]*)|<<-?(?<tag>\w+)\r?\n(?<body>[\s\S]*?)\n[ \t]*\k<tag>(?=\r?\n|$)|"(?<string>(?:\\[\s\S]|\$\{[^}]*\}|[^"\\\n])*)"|(?<symbol>=>|[=!<>]=|&&|\|\||[\s\S])/y;

function tokenize(text: string): Tokens {
  const list: Token[] = [];
  tokenPattern.lastIndex = 0;
  for (let match = tokenPattern.exec(text); match && match[0] !== ''; match = tokenPattern.exec(text)) {
    const { line, number, word, string, body, symbol } = match.groups ?? {};
    if (line !== undefined) list.push({ kind: 'line' });
    else if (number !== undefined) list.push({ kind: 'number', text: number });
    else if (word !== undefined) list.push({ kind: 'word', text: word });
    else if (string !== undefined) list.push({ kind: 'template', expression: template(string, true) });
    else if (body !== undefined) list.push({ kind: 'template', expression: template(body, false) });
    else if (symbol !== undefined) list.push({ kind: 'symbol', text: symbol });
  }
  return { list, at: 0 };
}

/** A text with `${name}` in it; any other `${…}` makes the whole unknown. */
function template(text: string, escapes: boolean): HclExpression {
  const parts = text.split(/(\$\{[^}]*\})/);
  return (variables) => {
    const values = parts.map((part) => {
      const name = /^\$\{\s*([A-Za-z_][\w-]*)\s*\}$/.exec(part)?.[1];
      if (name !== undefined) return lookUp(name, variables);
      return part.startsWith('${') ? undefined : escapes ? unescapeText(part) : part;
    });
    if (values.length === 3 && values[0] === '' && values[2] === '') return values[1];
    return values.some((value) => value === undefined || typeof value === 'object')
      ? undefined
      : values.join('');
  };
}

function unescapeText(text: string): string {
  const named: Record<string, string> = { n: '\n', t: '\t', r: '\r' };
  return text
    .replace(/\\u([\dA-Fa-f]{4})|\\([\s\S])/g, (_, code: string | undefined, char: string) =>
      code === undefined ? (named[char] ?? char) : String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replaceAll('$${', '${');
}

function parseBody(tokens: Tokens, inBlock: boolean): HclFile {
  const blocks: HclBlock[] = [];
  const attributes: Record<string, HclExpression> = {};
  while (tokens.at < tokens.list.length) {
    const token = tokens.list[tokens.at];
    if (inBlock && isSymbol(token, '}')) break;
    if (token?.kind === 'word' && isSymbol(tokens.list[tokens.at + 1], '=')) {
      tokens.at += 2;
      attributes[token.text] = parseExpression(tokens);
      skipLine(tokens);
    } else if (token?.kind === 'word') blocks.push(...parseBlock(tokens, token.text));
    else tokens.at++;
  }
  tokens.at++;
  return { blocks, attributes };
}

function parseBlock(tokens: Tokens, type: string): HclBlock[] {
  const labels: string[] = [];
  for (tokens.at++; ; tokens.at++) {
    const token = tokens.list[tokens.at];
    if (token?.kind === 'template') labels.push(String(token.expression({}) ?? ''));
    else if (token?.kind === 'word') labels.push(token.text);
    else break;
  }
  if (!isSymbol(tokens.list[tokens.at], '{')) return [];
  tokens.at++;
  return [{ type, labels, attributes: parseBody(tokens, true).attributes }];
}

function parseExpression(tokens: Tokens): HclExpression {
  const value = parseTerm(tokens);
  // Anything behind a term (an operator, a call, an index) makes a value that is not computed here.
  const next = tokens.list[tokens.at];
  const ends =
    next === undefined || next.kind === 'line' || (next.kind === 'symbol' && /^[,\]}]$/.test(next.text));
  return ends ? value : () => undefined;
}

function parseTerm(tokens: Tokens): HclExpression {
  const token = tokens.list[tokens.at++];
  if (token?.kind === 'template') return token.expression;
  if (token?.kind === 'number') return () => Number(token.text);
  if (token?.kind === 'word') return word(token.text);
  if (isSymbol(token, '[')) return parseList(tokens);
  if (isSymbol(token, '{')) return parseObject(tokens);
  return () => undefined;
}

function word(name: string): HclExpression {
  const literals: Record<string, Value> = { true: true, false: false, null: null };
  return (variables) => lookUp(name, Object.hasOwn(literals, name) ? literals : variables);
}

function lookUp(name: string, values: Readonly<Record<string, Value>>): Value {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function parseList(tokens: Tokens): HclExpression {
  const entries: HclExpression[] = [];
  parseEntries(tokens, ']', () => entries.push(parseExpression(tokens)));
  return (variables) => entries.map((entry) => entry(variables));
}

function parseObject(tokens: Tokens): HclExpression {
  const entries: [HclExpression, HclExpression][] = [];
  parseEntries(tokens, '}', () => {
    const key = tokens.list[tokens.at++];
    if (!/^[=:]$/.test(symbolOf(tokens.list[tokens.at]))) return;
    tokens.at++;
    const name = key?.kind === 'template' ? key.expression : () => (key && 'text' in key ? key.text : '');
    entries.push([name, parseExpression(tokens)]);
  });
  return (variables) =>
    Object.fromEntries(entries.map(([key, value]) => [String(key(variables) ?? ''), value(variables)]));
}

function parseEntries(tokens: Tokens, end: string, parseEntry: () => void): void {
  while (tokens.at < tokens.list.length) {
    const token = tokens.list[tokens.at];
    if (isSymbol(token, end)) break;
    if (token?.kind === 'line' || isSymbol(token, ',')) {
      tokens.at++;
      continue;
    }
    const before = tokens.at;
    parseEntry();
    skipTo(tokens, end, Math.max(tokens.at, before + 1));
  }
  tokens.at++;
}

/** Skips what is left of an entry: up to a comma, a line end or the closing bracket of the whole. */
function skipTo(tokens: Tokens, end: string, start: number): void {
  let depth = 0;
  for (tokens.at = start; tokens.at < tokens.list.length; tokens.at++) {
    const token = tokens.list[tokens.at];
    const symbol = symbolOf(token);
    if (depth === 0 && (token?.kind === 'line' || symbol === ',' || symbol === end)) return;
    if (/^[([{]$/.test(symbol)) depth++;
    if (/^[)\]}]$/.test(symbol)) depth--;
  }
}

function skipLine(tokens: Tokens): void {
  skipTo(tokens, '}', tokens.at);
}

function isSymbol(token: Token | undefined, text: string): boolean {
  return symbolOf(token) === text;
}

function symbolOf(token: Token | undefined): string {
  return token?.kind === 'symbol' ? token.text : '';
}
