import { createRequire } from 'node:module';
import type Handlebars from 'handlebars';
import type { Failure } from './tag-problem.js';

export interface Template {
  readonly render: (variables: object, helpers: Readonly<Record<string, Helper>>, outputs: Outputs) => string;
  /** The variables that its blocks ask for. */
  readonly conditions: readonly string[];
}

export type Helper = (...parameters: readonly unknown[]) => string;

/** What was written in one rendering. */
export interface Outputs {
  /** Names of values that are empty. */
  readonly empty: Set<string>;
  /** Names that stand for nothing. */
  readonly unknown: Set<string>;
}

interface Environment {
  /** With only the helpers that expressions may use. */
  readonly handlebars: typeof Handlebars;
  readonly Visitor: typeof Handlebars.Visitor;
}

export const dateHelpers = ['date', 'commit_date'];
const valueHelpers = [...dateHelpers, 'lookup'];
/** `log` is not there: it would write to the terminal. */
const blockHelpers = ['if', 'unless', 'each', 'with'];
/** Its name cannot be written in a template. */
const outputHelper = 'the output';

let environment: Environment | undefined;
const compiled = new Map<string, Template | Failure>();

/** Compiles a text with `{{…}}`, once. Values are never compiled: a template is what somebody wrote as a rule. */
export function compileTemplate(text: string): Template | Failure {
  const known = compiled.get(text);
  if (known) return known;
  const result = compileText(text);
  compiled.set(text, result);
  return result;
}

function compileText(text: string): Template | Failure {
  const { handlebars, Visitor } = loadHandlebars();
  try {
    const { program, conditions } = watchOutputs(handlebars.parse(text), Visitor);
    const template = handlebars.compile(program, { noEscape: true, knownHelpers: { log: false } });
    return {
      render: (variables, helpers, outputs) => template(variables, { helpers, data: { outputs } }),
      conditions,
    };
  } catch (error) {
    return unreadable(error);
  }
}

/** True for `{{raw}}` alone: then a pre-release is named as the git tag is. */
export function isRawStatement(text: string): boolean {
  if (!text.includes('{{')) return false;
  try {
    const [first, ...others] = loadHandlebars().handlebars.parse(text).body;
    if (others.length > 0 || first?.type !== 'MustacheStatement') return false;
    return pathOf(first as hbs.AST.MustacheStatement) === 'raw';
  } catch {
    return false;
  }
}

/** Handlebars takes 30 ms to load: only an expression loads it, and at once, so that nothing has to be async. */
function loadHandlebars(): Environment {
  environment ??= createEnvironment(createRequire(import.meta.url)('handlebars') as typeof Handlebars);
  return environment;
}

function createEnvironment(handlebars: typeof Handlebars): Environment {
  const created = handlebars.create();
  for (const name of Object.keys(created.helpers)) {
    const isWanted = blockHelpers.includes(name) || name === 'lookup' || name.endsWith('Missing');
    if (!isWanted) created.unregisterHelper(name);
  }
  created.registerHelper(outputHelper, writeOutput);
  return { handlebars: created, Visitor: handlebars.Visitor };
}

/** Lets every value that is written pass through one helper, which sees if there is one. */
function watchOutputs(program: hbs.AST.Program, Visitor: Environment['Visitor']) {
  const conditions: string[] = [];
  let changesNames = false;
  const visitor = Object.assign(new Visitor(), {
    mutating: true,
    MustacheStatement: watched,
    BlockStatement(block: hbs.AST.BlockStatement) {
      const name = pathOf(block);
      if (name === 'each' || name === 'with') changesNames = true;
      else conditions.push(...block.params.flatMap(variableOf));
      Visitor.prototype.BlockStatement.call(visitor, block);
    },
  });
  visitor.accept(program);
  // Inside each and with, names stand for something else.
  return { program, conditions: changesNames ? [] : conditions };
}

function variableOf(expression: hbs.AST.Expression): string[] {
  if (expression.type !== 'PathExpression') return [];
  const { parts, depth, data, original } = expression as hbs.AST.PathExpression;
  return parts.length === 1 && depth === 0 && !data ? [original] : [];
}

function watched(statement: hbs.AST.MustacheStatement): hbs.AST.MustacheStatement {
  const { path, params, hash, loc } = statement;
  const name = pathOf(statement);
  const isCall = params.length > 0 || hash !== undefined || valueHelpers.includes(name);
  const label: hbs.AST.StringLiteral = { type: 'StringLiteral', value: name, original: name, loc };
  const call = { type: 'SubExpression', path, params, hash, loc } as hbs.AST.SubExpression;
  const output: hbs.AST.PathExpression = {
    type: 'PathExpression',
    original: outputHelper,
    parts: [outputHelper],
    depth: 0,
    data: false,
    loc,
  };
  return { ...statement, path: output, params: [label, isCall ? call : path], hash: undefined as never };
}

function pathOf({ path }: Pick<hbs.AST.MustacheStatement, 'path'>): string {
  return 'original' in path ? String(path.original) : '';
}

function writeOutput(name: string, value: unknown, options: Handlebars.HelperOptions): string {
  const { empty, unknown }: Outputs = options.data.outputs;
  const text = value === undefined || value === null ? '' : String(value);
  if (value === undefined) unknown.add(name);
  else if (text === '') empty.add(name);
  return text;
}

export function unreadable(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.trim().split('\n');
  return {
    failure: (lines.length > 1 ? (lines.at(-1) ?? '') : message).replace(/\.$/, ''),
    fix: 'correct the expression; https://handlebarsjs.com/guide shows the form',
  };
}
