import { expandMatrix } from '../../simulate/expand-matrix.js';
import { unknownPart } from '../known-parts.js';
import type { YamlValue } from '../yaml/yaml-value.js';
import { expandIn, type GithubScope } from './github-scope.js';

export interface MatrixRow {
  readonly values: Readonly<Record<string, unknown>>;
  /** What has to hold for the row to be there: a filter's name is in the list that the matrix is made of. */
  readonly condition?: string;
}

/**
 * The rows of a matrix as far as they are known. A value that a job before makes is not, unless it is the list of the
 * filters of dorny/paths-filter that match: then there is a row for each filter.
 *
 * @param lists The names of the filters by the name of such a list, as `needs.changes.outputs.changes`.
 */
export function matrixRows(
  matrix: YamlValue,
  scope: GithubScope,
  lists: Readonly<Record<string, readonly string[]>>,
): MatrixRow[] {
  if (!matrix.exists) return [{ values: {} }];
  const conditions = new Map<string, string>();
  const given = matrix.entries().map(({ key, value }) => {
    const list = listName(value.text);
    const names = list === undefined ? undefined : lists[list];
    if (names) conditions.set(key, list ?? '');
    return [key, names ?? knownValue(value, scope)] as const;
  });
  const rows = expand(Object.fromEntries(given));
  return rows.map((values) => {
    const [text] = [...conditions].map(([key, list]) => `contains(fromJSON(${list}), '${values[key]}')`);
    return { values, ...(text !== undefined && { condition: text }) };
  });
}

function listName(text: string | undefined): string | undefined {
  return /^\s*\$\{\{\s*fromJSON\(\s*([\w.-]+)\s*\)\s*\}\}\s*$/i.exec(text ?? '')?.[1];
}

function knownValue(value: YamlValue, scope: GithubScope): unknown {
  if (value.text === undefined) return fill(value.toJS(), scope);
  const text = expandIn(scope, value.text);
  try {
    return JSON.parse(text);
  } catch {
    return [unknownPart];
  }
}

function fill(value: unknown, scope: GithubScope): unknown {
  if (typeof value === 'string') return expandIn(scope, value);
  if (Array.isArray(value)) return value.map((each) => fill(each, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, scope)]));
}

function expand(matrix: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  try {
    return expandMatrix(matrix);
  } catch {
    return [{}];
  }
}
