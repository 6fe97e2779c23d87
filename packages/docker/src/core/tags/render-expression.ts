import { createRequire } from 'node:module';
import type Handlebars from 'handlebars';
import { suggestName } from '../dockerfile/suggest-name.js';
import { formatDate } from './format-date.js';
import { type Failure, isFailure } from './tag-problem.js';

/** What expressions may name. Dates are for `{{date}}` and `{{commit_date}}`. */
export interface ExpressionValues {
  readonly variables: Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;
  readonly now: Date;
  readonly commitDate?: Date;
}

export interface Rendered {
  readonly text: string;
  /** Variables that were to be written, and are empty. */
  readonly empty: readonly string[];
}

interface Environment {
  /** With only the helpers that expressions may use. */
  readonly handlebars: typeof Handlebars;
  readonly Visitor: typeof Handlebars.Visitor;
}

interface Template {
  readonly render: (variables: object, options: object) => string;
  /** The variables that its blocks ask for. */
  readonly conditions: readonly string[];
}

interface Outputs {
  readonly empty: Set<string>;
  readonly unknown: Set<string>;
}

const dateHelpers = ['date', 'commit_date'];
const valueHelpers = [...dateHelpers, 'lookup'];
/** `log` is not there: it would write to the terminal. */
const blockHelpers = ['if', 'unless', 'each', 'with'];
/** Its name cannot be written in a template. */
const outputHelper = 'the output';

let environment: Environment | undefined;
const compiled = new Map<string, Template | Failure>();

/**
 * Fills a text with `{{…}}` by Handlebars. The text is trusted, the values are not: they are never compiled, and
 * a template reaches own properties of plain data only. Nothing is escaped as HTML.
 */
export function renderExpression(text: string, values: ExpressionValues): Rendered | Failure {
  if (text.includes('${{')) return githubExpression;
  if (!text.includes('{{')) return { text, empty: [] };
  const template = compile(text);
  if (isFailure(template)) return template;
  const outputs: Outputs = { empty: new Set(), unknown: new Set() };
  try {
    const result = template.render(values.variables, {
      helpers: {
        date: dateHelper('date', values.now, outputs),
        commit_date: dateHelper('commit_date', values.commitDate, outputs),
      },
      data: { outputs },
    });
    const unknown = [...outputs.unknown, ...template.conditions].find(
      (name) => !Object.hasOwn(values.variables, name),
    );
    if (unknown !== undefined) return unknownVariable(unknown, values);
    return { text: result, empty: [...outputs.empty] };
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

/** Handlebars takes 30 ms to load: only what has an expression does, and at once, so that nothing is async. */
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

function compile(text: string): Template | Failure {
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
    const template = handlebars.compile(program, { noEscape: true });
    return { render: (variables, options) => template(variables, options), conditions };
  } catch (error) {
    return unreadable(error);
  }
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

function dateHelper(name: string, date: Date | undefined, { empty }: Outputs) {
  return (...parameters: readonly unknown[]): string => {
    const { hash } = parameters.at(-1) as Handlebars.HelperOptions;
    const [format] = parameters.length > 1 ? parameters : [];
    for (const key of Object.keys(hash)) if (key !== 'tz') throw new Error(`${name} has no option ${key}`);
    if (date === undefined) empty.add(name);
    return date === undefined ? '' : formatIn(date, String(hash.tz ?? 'UTC'), format);
  };
}

function formatIn(date: Date, zone: string, format: unknown): string {
  try {
    return formatDate(date, zone, typeof format === 'string' ? format : undefined);
  } catch {
    throw new Error(`there is no time zone ${zone}`);
  }
}

const githubExpression: Failure = {
  failure: 'it has an expression of GitHub Actions, which nothing evaluates here',
  fix: 'write it with {{branch}}, {{tag}}, {{sha}}, {{base_ref}} or {{is_default_branch}}',
};

function unknownVariable(name: string, { variables }: ExpressionValues): Failure {
  const near = suggestName(name, [...Object.keys(variables), ...dateHelpers]);
  return {
    failure: `there is no variable ${name}`,
    fix: near === undefined ? `use one of ${Object.keys(variables).join(', ')}` : `write {{${near}}}`,
  };
}

function unreadable(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.trim().split('\n');
  return {
    failure: (lines.length > 1 ? (lines.at(-1) ?? '') : message).replace(/\.$/, ''),
    fix: 'correct the expression; https://handlebarsjs.com/guide shows the form',
  };
}
