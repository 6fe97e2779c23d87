/**
 * Compiles a pattern of GitLab's `rules:changes` as Ruby's `File.fnmatch` takes it with FNM_PATHNAME, FNM_DOTMATCH and
 * FNM_EXTGLOB: `**` crosses folders only as a whole folder name (`a/**` is one level, as `a/*` is), `{a,b}` is a choice,
 * and a name may start with a dot. A malformed class matches nothing.
 * https://docs.ruby-lang.org/en/3.3/File.html#method-c-fnmatch
 */
export function compileFnmatch(pattern: string): (path: string) => boolean {
  const sources = expandBraces(pattern).map(sourceOf);
  const expressions = sources.flatMap((source) =>
    source === undefined ? [] : [new RegExp(`^${source}$`, 'su')],
  );
  return (path) => expressions.some((expression) => expression.test(path));
}

/** `a{b,c{d,e}}` is `ab`, `acd` and `ace`. A brace without its partner stands for itself. */
function expandBraces(pattern: string): string[] {
  const group = findBraces(pattern);
  if (!group) return [pattern];
  const { start, end, commas } = group;
  const cuts = [start, ...commas, end];
  const choices = cuts.slice(1).map((cut, i) => pattern.slice((cuts[i] ?? 0) + 1, cut));
  return choices.flatMap((choice) =>
    expandBraces(pattern.slice(0, start) + choice + pattern.slice(end + 1)).slice(0, most),
  );
}

/** Choices within choices multiply; nobody means more than this. */
const most = 1000;

function findBraces(pattern: string): { start: number; end: number; commas: number[] } | undefined {
  let start = -1;
  let depth = 0;
  let commas: number[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === '\\') i += 1;
    else if (char === '{') {
      if (depth === 0) [start, commas] = [i, []];
      depth += 1;
    } else if (char === ',' && depth === 1) commas.push(i);
    else if (char === '}' && depth > 0) {
      depth -= 1;
      if (depth === 0) return { start, end: i, commas };
    }
  }
  return undefined;
}

function sourceOf(pattern: string): string | undefined {
  let source = '';
  for (let at = 0; at < pattern.length; ) {
    const part = readPart(pattern, at);
    if (!part) return undefined;
    source += part.source;
    at += part.length;
  }
  return source;
}

function readPart(pattern: string, at: number): { source: string; length: number } | undefined {
  const rest = pattern.slice(at);
  const folders = at === 0 || pattern[at - 1] === '/' ? /^(?:\*\*\/)+/.exec(rest) : null;
  if (folders) return { source: '(?:[^/]+/)*', length: folders[0].length };
  const stars = /^\*+/.exec(rest);
  if (stars) return { source: '[^/]*', length: stars[0].length };
  if (rest.startsWith('?')) return { source: '[^/]', length: 1 };
  if (rest.startsWith('[')) return readClass(rest);
  const escaped = /^\\(.)/su.exec(rest);
  if (escaped) return { source: quote(escaped[1] ?? ''), length: escaped[0].length };
  const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return { source: quote(char), length: char.length };
}

/** A class never matches `/`. */
function readClass(rest: string): { source: string; length: number } | undefined {
  const match = /^\[([!^]?)((?:\\.|[^\]\\])+)\]/su.exec(rest);
  if (!match) return undefined;
  const [text, not = '', content = ''] = match;
  const members = content.replace(/\\(.)|[\\\][^]/gsu, (char, escaped?: string) =>
    quoteInClass(escaped ?? char),
  );
  const source = `(?!/)[${not && '^'}${members}]`;
  return isExpression(source) ? { source, length: text.length } : undefined;
}

function isExpression(source: string): boolean {
  try {
    new RegExp(source, 'su');
    return true;
  } catch {
    return false;
  }
}

function quote(char: string): string {
  return char.replace(/[.*+?^$()|[\]{}\\/]/, '\\$&');
}

function quoteInClass(char: string): string {
  return char.replace(/[\\\][^-]/, '\\$&');
}
