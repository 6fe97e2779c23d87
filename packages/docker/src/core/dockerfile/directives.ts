import { trimSpace, trimStart } from './white-space.js';

/**
 * Parser directives: `# key=value` on the first lines. Any other line ends them, a comment, a blank line and
 * an unknown key too (https://docs.docker.com/reference/dockerfile/#parser-directives).
 */
export type DirectiveKey = 'syntax' | 'escape' | 'check';

export interface Directives {
  readonly values: { syntax?: string; escape?: string; check?: string };
  /** True once a line has ended the directives. */
  done: boolean;
}

export type DirectiveLine = {
  readonly key: DirectiveKey;
  readonly value: string;
  readonly isRepeated: boolean;
};

/** Takes the next line of the file, without leading white space; stores its value unless it is repeated. */
export function readDirective(directives: Directives, line: string): DirectiveLine | undefined {
  if (directives.done) return undefined;
  const parsed = parseDirective(line, '#');
  if (!parsed) {
    directives.done = true;
    return undefined;
  }
  const isRepeated = directives.values[parsed.key] !== undefined;
  if (!isRepeated) directives.values[parsed.key] = parsed.value;
  return { ...parsed, isRepeated };
}

/**
 * Finds which frontend reads the file, as BuildKit's DetectSyntax: `# syntax=`, `// syntax=` or the `syntax`
 * of a JSON object; a first line that starts with `#!` is skipped. What follows a blank is for the frontend.
 */
export function detectSyntax(lines: readonly string[]): string | undefined {
  const first = lines[0]?.startsWith('#!') ? 1 : 0;
  const value =
    findSyntax(lines, '#', first) ?? findSyntax(lines, '//', first) ?? findJsonSyntax(lines, first);
  return value?.split(' ', 1)[0];
}

/** True if the image is one of Docker's Dockerfile frontends, from Docker Hub or a mirror of it. */
export function isDockerfileFrontend(syntax: string): boolean {
  return /(?:^|\/)docker\/dockerfile(?:-upstream|-experimental)?(?:[:@][^/]*)?$/.test(syntax);
}

function parseDirective(line: string, comment: '#' | '//'): { key: DirectiveKey; value: string } | undefined {
  if (!line.startsWith(comment)) return undefined;
  const text = trimStart(line.slice(comment.length));
  const [before, name] = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=/.exec(text) ?? [];
  if (before === undefined || name === undefined) return undefined;
  const key = name.toLowerCase();
  const value = directiveValue(text.slice(before.length));
  if (value === '' || (key !== 'syntax' && key !== 'escape' && key !== 'check')) return undefined;
  return { key, value };
}

/** A value of nothing but blanks is one blank. */
function directiveValue(text: string): string {
  const trimmed = text.replace(/^[\t\n\f\r ]+/, '');
  let end = trimmed.length;
  while (end > 0 && /[\t\n\f\r ]/.test(trimmed.charAt(end - 1))) end--;
  return trimmed.slice(0, end) || text.slice(-1);
}

function findSyntax(lines: readonly string[], comment: '#' | '//', first: number): string | undefined {
  for (let i = first; i < lines.length; i++) {
    const directive = parseDirective(lines[i] ?? '', comment);
    if (!directive) return undefined;
    if (directive.key === 'syntax') return directive.value;
  }
  return undefined;
}

function findJsonSyntax(lines: readonly string[], first: number): string | undefined {
  if (!trimSpace(lines[first] ?? '').startsWith('{')) return undefined;
  try {
    const { syntax } = JSON.parse(lines.slice(first).join('\n'));
    return typeof syntax === 'string' ? syntax : undefined;
  } catch {
    return undefined;
  }
}
