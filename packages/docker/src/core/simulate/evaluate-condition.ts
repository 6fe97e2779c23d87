import { Lexer } from '@actions/expressions';
import { evaluateExpression, isTruthy, type Scope } from './evaluate-expression.js';
import { templatePieces } from './evaluate-template.js';

export interface ConditionResult {
  readonly holds: boolean;
  /** Why, as the end of a sentence: what is false and the values in it. */
  readonly because: string;
}

const notAfterFailure: ConditionResult = {
  holds: false,
  because: 'something before it did not succeed',
};

const statusFunctions = ['success', 'failure', 'cancelled', 'always'];

/**
 * Evaluates an `if`. A condition that calls none of the status functions holds only while `success()` does; text beside
 * an expression makes it a text, which is always true.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
 */
export function evaluateCondition(condition: string | undefined, scope: Scope): ConditionResult {
  const source = condition === undefined || condition === '' ? 'success()' : sourceOf(condition);
  if (!callsStatusFunction(source) && !isTruthy('success()', scope)) return notAfterFailure;
  if (isTruthy(source, scope)) return { holds: true, because: `\`${oneLine(source)}\` is true` };
  const [part = source] = conjuncts(source).filter((each) => !isTruthy(each, scope));
  if (part === 'success()') return notAfterFailure;
  const values = valuesIn(part, scope);
  return {
    holds: false,
    because: `\`${oneLine(part)}\` is false${values.length > 0 ? `: ${values.join(', ')}` : ''}`,
  };
}

/** True if the condition decides for itself what happens after a failure, a skipped job or a cancellation. */
export function callsStatusFunction(source: string): boolean {
  const tokens = tokensOf(source);
  return tokens.some(
    ({ lexeme }, i) => statusFunctions.includes(lexeme.toLowerCase()) && tokens[i + 1]?.lexeme === '(',
  );
}

/** As GitHub does, a text around expressions becomes a call of format(), whose result is a text. */
function sourceOf(condition: string): string {
  const pieces = templatePieces(condition);
  if (pieces.every(({ kind }) => kind === 'text')) return condition;
  const [first, ...others] = pieces;
  if (first !== undefined && others.length === 0) return first.text;
  const expressions = pieces.filter(({ kind }) => kind === 'expression');
  const format = pieces.map((piece) =>
    piece.kind === 'text' ? escapeFormat(piece.text) : `{${expressions.indexOf(piece)}}`,
  );
  return `format('${format.join('')}', ${expressions.map(({ text }) => text).join(', ')})`;
}

function escapeFormat(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}').replaceAll("'", "''");
}

/** The operands of `&&` where that is the outermost operator, without parentheses around all of them. */
function conjuncts(source: string): string[] {
  const tokens = tokensOf(source);
  let depth = 0;
  const ends: number[] = [];
  for (const { lexeme, range } of tokens) {
    if ('([{'.includes(lexeme) && lexeme !== '') depth++;
    else if (')]}'.includes(lexeme) && lexeme !== '') depth--;
    else if (depth === 0 && lexeme === '||') return [source];
    else if (depth === 0 && lexeme === '&&') ends.push(offsetOf(source, range.start));
  }
  const parts = [0, ...ends].map((start, i) => {
    const text = source.slice(start, ends[i] ?? source.length).replace(/^\s*&&/, '');
    return text.trim();
  });
  return parts.flatMap((part) => {
    const inner = /^\((.*)\)$/s.exec(part)?.[1];
    return inner !== undefined && isBalanced(inner) ? conjuncts(inner) : [part];
  });
}

function isBalanced(source: string): boolean {
  let depth = 0;
  for (const { lexeme } of tokensOf(source)) {
    if (lexeme === '(') depth++;
    if (lexeme === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/** `needs.plan.outputs.count_0 is '0'` for each context that is read. */
function valuesIn(source: string, scope: Scope): string[] {
  const names = source
    .replace(/'(?:[^']|'')*'/g, "''")
    .match(/(?<![\w.-])[A-Za-z_][\w-]*(?:\.(?:[\w-]+|\*))+(?!\s*\()/g);
  return [...new Set(names)].map((name) => `${name} is ${show(evaluateExpression(name, scope))}`);
}

function show(value: unknown): string {
  return typeof value === 'string'
    ? `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`
    : `${JSON.stringify(value)}`;
}

function tokensOf(source: string) {
  return new Lexer(source).lex().tokens;
}

function offsetOf(source: string, { line, column }: { line: number; column: number }): number {
  return (
    source
      .split('\n')
      .slice(0, line)
      .reduce((sum, each) => sum + each.length + 1, 0) + column
  );
}

function oneLine(source: string): string {
  return source.replace(/\s+/g, ' ').trim();
}
