import { parseTagRule } from '../tags/parse-tag-rule.js';
import { isFailure } from '../tags/tag-problem.js';

/**
 * Writes a rule of docker/metadata-action without expressions of GitHub, which stand for what is known only in a run:
 * those that ask for the default branch or a tag have a counterpart in the rule's own language.
 *
 * @returns `undefined` where there is none.
 */
export function translateRule(line: string, defaultBranch: string): string | undefined {
  const text = line.replace(
    /\$\{\{\s*(.*?)\s*\}\}/g,
    (whole, expression: string) => translate(expression, defaultBranch) ?? whole,
  );
  const commit = /^(?:type=raw,)?(?:value=)?([\w.-]*?)\$\{\{\s*github\.sha\s*\}\}$/.exec(text);
  if (commit) return `type=sha,prefix=${commit[1]},format=long`;
  return text.includes('${{') ? undefined : text;
}

/** As {@link translateRule}, but `undefined` for what is no rule at all, too. */
export function translateTagRule(line: string, defaultBranch: string): string | undefined {
  const text = translateRule(line, defaultBranch);
  return text === undefined || isFailure(parseTagRule(text)) ? undefined : text;
}

function translate(expression: string, defaultBranch: string): string | undefined {
  const plain = expression.replace(/\s+/g, '').replaceAll('"', "'");
  const defaults = [
    `github.ref=='refs/heads/${defaultBranch}'`,
    `github.ref_name=='${defaultBranch}'`,
    "github.ref==format('refs/heads/{0}',github.event.repository.default_branch)",
    'github.ref_name==github.event.repository.default_branch',
    'github.event.repository.default_branch==github.ref_name',
  ];
  if (defaults.includes(plain)) return '{{is_default_branch}}';
  if (plain === "startsWith(github.ref,'refs/tags/')" || plain === "github.ref_type=='tag'")
    return '{{#if tag}}true{{else}}false{{/if}}';
  return undefined;
}
