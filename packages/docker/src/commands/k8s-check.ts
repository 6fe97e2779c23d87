import { problemAnnotations } from '../core/report/problem-annotations.js';
import { problemsSarif } from '../core/report/problems-sarif.js';
import { readTerminal } from '../host/read-terminal.js';
import { findRoot } from '../reports/images/find-root.js';
import { type CheckReferencesResult, checkReferences } from '../reports/references/check-references.js';
import { formatCheck, summarizeCheck } from '../reports/references/format-check.js';
import { type Command, print, type Values } from './command.js';
import { formOf, fromOf, k8sOptions, pathsOf } from './k8s-options.js';
import { readFrom } from './read-from.js';

export const k8sCheckCommand: Command = {
  usage: `
  k8s check [files or folders…]
      Compares the references of the workspace's images in manifests with what was published and
      with each other. Writes nothing. Exits with 1 if there is an error.
        --from <path>             a record, or a folder of records; may be repeated
        --form <form>             tag, digest or both (default)
        --json                    writes JSON
        --sarif                   writes SARIF
        --annotations             writes GitHub's workflow commands
`,
  options: { ...k8sOptions, sarif: { type: 'boolean' }, annotations: { type: 'boolean' } },
  run: runCheck,
};

async function runCheck(names: readonly string[], values: Values): Promise<number> {
  const options = { ...pathsOf(names), ...formOf(values) };
  const result = await checkReferences(findRoot(), readFrom(fromOf(values)), options);
  print(format(result, values));
  process.stderr.write(`${summarizeCheck(result)}\n`);
  return result.problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function format(result: CheckReferencesResult, { json, sarif, annotations }: Values): string {
  const { problems } = result;
  if (json) return `${JSON.stringify(result, null, 2)}\n`;
  if (sarif) return problemsSarif(problems, 'moltbook-docker k8s check');
  if (annotations)
    return problemAnnotations(problems)
      .map((line) => `${line}\n`)
      .join('');
  return formatCheck(result, readTerminal());
}
