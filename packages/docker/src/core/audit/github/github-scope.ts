import { expandExpressions } from '../expand-expressions.js';
import type { ConditionValue } from '../expression/evaluate-condition.js';
import { longSha, unknownPart } from '../known-parts.js';
import type { YamlValue } from '../yaml/yaml-value.js';

/** What is known of the repository beside its files. */
export interface RepositoryFacts {
  /** `owner/name`. */
  readonly repository?: string;
}

/** The names that expressions of a step can use, as far as their values are known. */
export interface GithubScope {
  readonly facts: RepositoryFacts;
  readonly env: Readonly<Record<string, string>>;
  readonly matrix: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, string>>;
  /** Outputs of steps by their whole name: `steps.meta.outputs.tags`. */
  readonly outputs: Readonly<Record<string, string>>;
}

export function lookUpIn(scope: GithubScope): (parts: readonly string[]) => ConditionValue {
  return (parts) => {
    const [context = '', ...path] = parts;
    const name = path.join('.');
    if (context === 'env') return scope.env[name];
    if (context === 'inputs') return scope.inputs[name];
    if (context === 'matrix') return matrixValue(scope.matrix, path);
    if (context === 'github') return githubValue(name, scope);
    return scope.outputs[parts.join('.')];
  };
}

/** A text with the values of its expressions. */
export function expandIn(scope: GithubScope, text: string): string {
  return expandExpressions(text, lookUpIn(scope));
}

/** A scope with the variables of one more `env` on top. */
export function withEnv(scope: GithubScope, env: YamlValue): GithubScope {
  const own = env.entries().map(({ key, value }) => [key, expandIn(scope, value.text ?? unknownPart)]);
  return own.length === 0 ? scope : { ...scope, env: { ...scope.env, ...Object.fromEntries(own) } };
}

/** Writes the values of a row, of inputs and of variables into a condition, where they may stand for names. */
export function fillCondition(scope: GithubScope, text: string): string {
  return text.replace(/\b(?:matrix|inputs|env)(?:\.[A-Za-z_][\w-]*)+/g, (name) => {
    const value = lookUpIn(scope)(name.split('.'));
    if (value === undefined || String(value).includes(unknownPart)) return name;
    return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
  });
}

function matrixValue(matrix: GithubScope['matrix'], path: readonly string[]): ConditionValue {
  let value: unknown = matrix;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = (value as Record<string, unknown>)[part];
    // A key that other rows have, and this one has not, is empty.
    if (value === undefined) return Object.keys(matrix).length > 0 ? null : undefined;
  }
  return typeof value === 'object' && value !== null ? undefined : (value as ConditionValue);
}

function githubValue(name: string, { facts: { repository } }: GithubScope): ConditionValue {
  const [owner, repositoryName] = repository?.split('/') ?? [];
  const values: Readonly<Record<string, string | undefined>> = {
    repository,
    repository_owner: owner,
    'event.repository.name': repositoryName,
    'event.repository.full_name': repository,
    workspace: '.',
    sha: longSha,
  };
  return values[name];
}
