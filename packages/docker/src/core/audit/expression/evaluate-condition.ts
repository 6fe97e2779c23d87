import { type Condition, parseCondition } from './parse-condition.js';

/** A value in a condition; `undefined` where it cannot be known. */
export type ConditionValue = string | number | boolean | null | readonly string[] | undefined;

export interface ConditionOptions {
  /** The value of a name; `undefined` for one that is not known, `null` for one that is not set. */
  readonly lookUp: (parts: readonly string[]) => ConditionValue;
  /** GitHub compares texts without their case, and numbers with texts; GitLab does neither. */
  readonly language: 'github' | 'gitlab';
}

/**
 * Evaluates a condition with what is known: true, false, or `undefined` where it depends on something that is not.
 * https://docs.github.com/actions/reference/workflows-and-actions/expressions
 * https://docs.gitlab.com/ci/jobs/job_rules/#cicd-variable-expressions
 */
export function evaluateCondition(text: string, options: ConditionOptions): boolean | undefined {
  const condition = parseCondition(withoutBraces(text));
  return condition && toBoolean(evaluate(condition, options));
}

/** The value of one expression, such as what stands in `${{ }}`. */
export function evaluateValue(text: string, options: ConditionOptions): ConditionValue {
  const condition = parseCondition(text);
  return condition && evaluate(condition, options);
}

function withoutBraces(text: string): string {
  return /^\s*\$\{\{(.*)\}\}\s*$/s.exec(text)?.[1] ?? text;
}

function evaluate(condition: Condition, options: ConditionOptions): ConditionValue {
  if (condition.kind === 'value') return condition.value;
  if (condition.kind === 'name') return options.lookUp(condition.parts);
  if (condition.kind === 'call')
    return callFunction(
      condition.name,
      condition.args.map((arg) => evaluate(arg, options)),
    );
  if (condition.kind === 'binary') return evaluateBinary(condition, options);
  if (condition.kind !== 'not') return undefined;
  const operand = toBoolean(evaluate(condition.operand, options));
  return operand === undefined ? undefined : !operand;
}

function evaluateBinary(
  condition: Condition & { kind: 'binary' },
  options: ConditionOptions,
): ConditionValue {
  const { operator, right } = condition;
  const left = evaluate(condition.left, options);
  if (operator === '&&' || operator === '||') return evaluateLogical(left, { operator, right, options });
  if (operator === '=~' || operator === '!~') return matchRegexp(left, operator, right);
  const other = evaluate(right, options);
  if (left === undefined || other === undefined) return undefined;
  const { language } = options;
  if (operator === '==') return isEqual(left, other, language);
  if (operator === '!=') return !isEqual(left, other, language);
  const [a, b] = [toNumber(left), toNumber(other)];
  return { '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b }[operator];
}

/** What is known decides where it can: `false && unknown` is false. */
function evaluateLogical(
  left: ConditionValue,
  given: { operator: '&&' | '||'; right: Condition; options: ConditionOptions },
): ConditionValue {
  const first = toBoolean(left);
  const stops = given.operator === '||';
  if (first === stops) return left;
  const right = evaluate(given.right, given.options);
  if (first !== undefined) return right;
  return toBoolean(right) === stops ? right : undefined;
}

function matchRegexp(left: ConditionValue, operator: string, right: Condition): boolean | undefined {
  if (left === undefined || right.kind !== 'regexp') return undefined;
  try {
    const matches = new RegExp(right.source, right.flags.replace(/[^ims]/g, '')).test(String(left ?? ''));
    return matches === (operator === '=~');
  } catch {
    return undefined;
  }
}

function isEqual(
  left: ConditionValue,
  right: ConditionValue,
  language: ConditionOptions['language'],
): boolean {
  if (language === 'gitlab') return left === right;
  if (typeof left === 'string' && typeof right === 'string')
    return left.toLowerCase() === right.toLowerCase();
  return typeof left === typeof right && left !== null ? left === right : toNumber(left) === toNumber(right);
}

function toNumber(value: ConditionValue): number {
  if (value === null) return 0;
  return typeof value === 'object' ? Number.NaN : Number(value);
}

function toBoolean(value: ConditionValue): boolean | undefined {
  if (value === undefined) return undefined;
  return value !== null && value !== '' && value !== 0 && value !== false && !Number.isNaN(value);
}

/** The functions that tell what a workflow builds; those of the status as they are where nothing failed. */
function callFunction(name: string, args: readonly ConditionValue[]): ConditionValue {
  if (name === 'always' || name === 'success') return true;
  if (name === 'failure' || name === 'cancelled') return false;
  const [value, search] = args;
  if (args.some((arg) => arg === undefined)) return undefined;
  if (name === 'fromjson') return fromJson(value);
  if (name === 'contains') return contains(value, lower(search));
  if (name === 'startswith') return lower(value).startsWith(lower(search));
  if (name === 'endswith') return lower(value).endsWith(lower(search));
  if (name === 'format') return lower(value) && formatText(args);
  return undefined;
}

function contains(value: ConditionValue, search: string): boolean {
  if (Array.isArray(value)) return value.some((each) => lower(each) === search);
  return lower(value).includes(search);
}

function fromJson(value: ConditionValue): ConditionValue {
  try {
    const result: unknown = JSON.parse(String(value));
    if (Array.isArray(result) && result.every((each) => typeof each === 'string')) return result;
    return typeof result === 'object' ? undefined : (result as ConditionValue);
  } catch {
    return undefined;
  }
}

function formatText([pattern, ...values]: readonly ConditionValue[]): string {
  return String(pattern).replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)] ?? ''));
}

function lower(value: ConditionValue): string {
  return String(value ?? '').toLowerCase();
}
