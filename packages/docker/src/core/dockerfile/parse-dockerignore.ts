import type { Problem } from '../errors.js';
import { compilePattern } from './compile-pattern.js';

/** One pattern of an ignore file. */
export interface IgnoreRule {
  /** Trimmed, cleaned, without a leading slash; `!` stands before a pattern that takes files back in. */
  readonly pattern: string;
  /** 1-based. */
  readonly line: number;
  /** The line as it is in the file. */
  readonly text: string;
}

export interface ParsedDockerignore {
  readonly rules: readonly IgnoreRule[];
  /** One DOCKERIGNORE_INVALID for each pattern that fails the build. */
  readonly problems: readonly Problem[];
}

/**
 * Reads an ignore file as BuildKit does (moby/patternmatcher/ignorefile): `#` in the first column is a
 * comment, patterns are trimmed, `!` may be followed by blanks, and a leading slash means nothing.
 *
 * @param file Workspace-relative path for places in problems.
 */
export function parseDockerignore(text: string, file = '.dockerignore'): ParsedDockerignore {
  const rules: IgnoreRule[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const pattern = line.startsWith('#') ? '' : trim(line);
    if (pattern === '') continue;
    const negated = pattern.startsWith('!');
    const path = cleanIgnorePath(negated ? trim(pattern.slice(1)) : pattern);
    rules.push({ pattern: negated ? `!${path}` : path, line: index + 1, text: line.replace(/\r$/, '') });
  }
  return { rules, problems: rules.flatMap((rule) => checkRule(rule, file)) };
}

/**
 * Prepares patterns that do not come from an ignore file (`--exclude`, `COPY --parents`), as patternmatcher
 * does: trimmed and cleaned, empty ones dropped.
 */
export function cleanPatterns(patterns: readonly string[]): string[] {
  return patterns
    .map(trim)
    .filter((pattern) => pattern !== '')
    .map(cleanPath);
}

function cleanIgnorePath(path: string): string {
  if (path === '') return '';
  const cleaned = cleanPath(path);
  return cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned;
}

/** Go's `path.Clean`. */
function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!rooted) parts.push('..');
  }
  return (rooted ? '/' : '') + parts.join('/') || '.';
}

/** Go's `strings.TrimSpace`, which unlike `trim` takes U+0085 and leaves a byte order mark. */
function trim(text: string): string {
  const blank = '[\\t-\\r \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]+';
  return text.replace(new RegExp(`^${blank}`), '').replace(new RegExp(`${blank}$`), '');
}

function checkRule({ pattern, line, text }: IgnoreRule, file: string): Problem[] {
  const problem = {
    code: 'DOCKERIGNORE_INVALID',
    severity: 'error',
    place: { file, line, column: 1 },
    sourceLine: text,
  } as const;
  const path = pattern.replace(/^!/, '');
  if (path === '')
    return [
      {
        ...problem,
        message: 'there is no pattern after !',
        fix: 'write a pattern after ! or delete the line',
      },
    ];
  if (compilePattern(path)) return [];
  return [
    {
      ...problem,
      message: `the pattern ${path} is malformed, so the build fails`,
      fix: 'close every [ with ], and write \\ only before a character that is special: * ? [ ] \\',
    },
  ];
}
