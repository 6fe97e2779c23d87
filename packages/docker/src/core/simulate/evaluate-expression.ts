import { data, Evaluator, type Expr, Lexer, Parser } from '@actions/expressions';

/** What an expression may name. A name that is not here is an error, as on GitHub. */
export interface Scope {
  /** Contexts by name, plain JSON. */
  readonly contexts: Readonly<Record<string, unknown>>;
  /** Functions beside GitHub's own ones, by their lower-case name. */
  readonly functions?: Readonly<Record<string, ScopeFunction>>;
}

export type ScopeFunction = (...args: readonly string[]) => boolean | string;

type Definition = ConstructorParameters<typeof Parser>[2][number] & {
  readonly call: (...args: data.ExpressionData[]) => data.ExpressionData;
};

/**
 * Evaluates an expression without its `${{ }}` by GitHub's own library and returns plain JSON.
 *
 * @throws Error of the library: a syntax error, an unknown name, an argument that a function does not take.
 */
export function evaluateExpression(source: string, scope: Scope): unknown {
  return fromData(evaluate(source, scope));
}

/** True if GitHub takes the value for true in a condition. */
export function isTruthy(source: string, scope: Scope): boolean {
  return Boolean(evaluateExpression(source, scope));
}

/** The value as GitHub writes it into a text. */
export function evaluateToText(source: string, scope: Scope): string {
  return evaluate(source, scope).coerceString();
}

function evaluate(source: string, { contexts, functions = {} }: Scope): data.ExpressionData {
  const definitions = Object.entries(functions).map(toDefinition);
  const { tokens } = new Lexer(source).lex();
  const expression: Expr | undefined = new Parser(tokens, Object.keys(contexts), definitions).parse();
  if (expression === undefined) throw new Error('an expression is empty');
  const text = source.toLowerCase();
  const context = new data.Dictionary(
    // Contexts that it does not name are not converted: conditions are many, and the event can be large.
    ...Object.entries(contexts).map(([key, value]) => ({
      key,
      value: toData(text.includes(key.toLowerCase()) ? value : null),
    })),
  );
  return new Evaluator(expression, context, new Map(definitions.map((each) => [each.name, each]))).evaluate();
}

function toDefinition([name, call]: [string, ScopeFunction]): Definition {
  return {
    name,
    minArgs: 0,
    maxArgs: 255,
    call: (...args) => toData(call(...args.map((arg) => arg.coerceString()))),
  };
}

function toData(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value ?? null), data.reviver) as data.ExpressionData;
}

function fromData(value: data.ExpressionData): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer));
}
