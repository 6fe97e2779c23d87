import { formatProblems } from '../core/report/format-problems.js';
import { formatCount } from '../core/report/format-table.js';
import { findKustomize } from '../host/find-kustomize.js';
import { readTerminal } from '../host/read-terminal.js';
import { findRoot } from '../reports/images/find-root.js';
import { registryProof } from '../reports/references/registry-proof.js';
import { setReferences } from '../reports/references/set-references.js';
import { changedFields } from './changed-fields.js';
import { type Command, print, UsageError, type Values } from './command.js';
import { formOf, fromOf, k8sOptions, pathsOf } from './k8s-options.js';
import { readFrom } from './read-from.js';

export const k8sSetCommand: Command = {
  usage: `
  k8s set --from <records> [files or folders…]
      Writes the references of published images into manifests, byte by byte, after it has seen
      them in the registry: all files, or none. Where kustomize or kubectl is on the machine, each
      kustomization is built, and must give the new references.
        --from <path>             a record, or a folder of records; may be repeated
        --form <form>             tag, digest or both (default)
        --offline                 does not ask the registry
        --dry-run                 says what would change and writes nothing
        --json                    writes JSON
`,
  options: { ...k8sOptions, offline: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
  run: runSet,
};

async function runSet(names: readonly string[], values: Values): Promise<number> {
  const from = fromOf(values);
  if (from.length === 0) throw new UsageError('--from is missing');
  const options = { ...pathsOf(names), ...formOf(values) };
  const records = readFrom(from);
  const kustomize = await findKustomize();
  const result = await setReferences(findRoot(), records, {
    ...options,
    ...(!values.offline && { prove: registryProof() }),
    ...(kustomize && { kustomize }),
    write: !values['dry-run'],
  });
  const isFailed = result.problems.some(({ severity }) => severity === 'error');
  if (values.json) {
    const { changed, problems } = result;
    print(`${JSON.stringify({ changed, edits: changedFields(result.edits), problems }, null, 2)}\n`);
    return isFailed ? 1 : 0;
  }
  const lines = changedFields(result.edits).map(
    ({ file, line, column, from: old, to }) => `${file}:${line}:${column}: ${old} -> ${to}`,
  );
  if (lines.length > 0) print(`${lines.join('\n')}\n`);
  if (result.problems.length > 0)
    process.stderr.write(`${formatProblems(result.problems, readTerminal()).join('\n')}\n\n`);
  const verb = values['dry-run'] ? 'would be set' : 'set';
  process.stderr.write(
    `${isFailed ? 'nothing was written' : summary(lines.length, result.changed.length, verb)}\n`,
  );
  return isFailed ? 1 : 0;
}

function summary(fields: number, files: number, verb: string): string {
  if (fields === 0) return 'nothing to change';
  return `${formatCount(fields, 'reference')} in ${formatCount(files, 'file')} ${verb}`;
}
