import { suggestName } from '../dockerfile/suggest-name.js';
import { compileTemplate, dateHelpers, type Helper, type Outputs, unreadable } from './compile-template.js';
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

/**
 * Fills a text with `{{…}}` by Handlebars. The text is trusted, the values are not: they are never compiled, and
 * a template reaches own properties of plain data only. Nothing is escaped as HTML.
 */
export function renderExpression(text: string, values: ExpressionValues): Rendered | Failure {
  if (text.includes('${{')) return githubExpression;
  if (!text.includes('{{')) return { text, empty: [] };
  const template = compileTemplate(text);
  if (isFailure(template)) return template;
  const outputs: Outputs = { empty: new Set(), unknown: new Set() };
  try {
    const helpers = {
      date: dateHelper('date', values.now, outputs),
      commit_date: dateHelper('commit_date', values.commitDate, outputs),
    };
    const result = template.render(values.variables, helpers, outputs);
    const unknown = [...outputs.unknown, ...template.conditions].find(
      (name) => !Object.hasOwn(values.variables, name),
    );
    if (unknown !== undefined) return unknownVariable(unknown, values);
    return { text: result, empty: [...outputs.empty] };
  } catch (error) {
    return unreadable(error);
  }
}

function dateHelper(name: string, date: Date | undefined, { empty }: Outputs): Helper {
  return (...parameters) => {
    const { hash } = parameters.at(-1) as { readonly hash: Readonly<Record<string, unknown>> };
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
