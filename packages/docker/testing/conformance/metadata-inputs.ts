import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../src/core/errors.js';
import { isRawStatement } from '../../src/core/tags/compile-template.js';
import { parseFlavor } from '../../src/core/tags/parse-flavor.js';
import { parseImageEntries } from '../../src/core/tags/parse-image-entries.js';
import { parseTagRule, parseTagRules } from '../../src/core/tags/parse-tag-rule.js';
import { isFailure } from '../../src/core/tags/tag-problem.js';

interface InputsCase {
  readonly kind: string;
  readonly input: string | readonly string[];
  readonly expected: unknown;
  readonly error: boolean;
}

/** What a parser makes of a text, or `undefined` where it refuses it. */
const parsers: Readonly<Record<string, (lines: readonly string[]) => unknown>> = {
  isRawStatement: ([text = '']) => isRawStatement(text),
  'tag.parse': ([line = '']) => accepted(parseTagRule(line)),
  'tag.transform': (lines) => parseTagRules(lines).map(({ rule }) => accepted(rule)),
  'flavor.transform': (lines) => withoutProblems(parseFlavor(lines), 'flavor'),
  'images.transform': (lines) => withoutProblems(parseImageEntries(lines), 'entries'),
};

/** Compares what an input means with metadata-action's parsers; returns the difference. */
export function check({ kind, input, expected, error }: InputsCase): string | undefined {
  const parse = parsers[kind];
  if (!parse) return `there is no parser for ${kind}`;
  const actual = parse([input].flat());
  if (error) return actual === undefined ? undefined : `${kind}: accepted as ${JSON.stringify(actual)}`;
  if (isDeepStrictEqual(actual, expected)) return undefined;
  return `${kind}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;
}

function accepted(rule: object): unknown {
  return isFailure(rule) ? undefined : rule;
}

function withoutProblems<Name extends string>(
  result: Readonly<Record<Name, unknown>> & { readonly problems: readonly Problem[] },
  name: Name,
): unknown {
  return result.problems.length > 0 ? undefined : result[name];
}
