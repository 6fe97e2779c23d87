import { formatProblems } from '../core/report/format-problems.js';
import { readTerminal } from '../host/read-terminal.js';
import { findRoot } from '../reports/images/find-root.js';
import { registryProof } from '../reports/references/registry-proof.js';
import { type RollbackResult, rollback } from '../reports/rollout/rollback.js';
import { changedFields } from './changed-fields.js';
import { type Command, print, textOf, UsageError, type Values } from './command.js';
import { formOf, fromOf, k8sOptions, pathsOf } from './k8s-options.js';
import { readFrom } from './read-from.js';

export const k8sRollbackCommand: Command = {
  usage: `
  k8s rollback [files or folders…]
      Writes what the images were at an earlier published commit into the manifests, byte by byte:
      by default the nearest one before what they name now at which an image was another. The
      registry knows what each commit published. All files, or none.
        --to <commit>             a commit, branch or git tag to go to
        --images <names>          projects or images, separated by commas; default: all
        --from <path>             records of several publications, in place of the registry's marks
        --form <form>             tag, digest or both (default)
        --offline                 does not ask the registry if it has them; needs --from
        --dry-run                 says what would change and writes nothing
        --json                    writes JSON
`,
  options: {
    ...k8sOptions,
    to: { type: 'string' },
    images: { type: 'string' },
    offline: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  run: runRollback,
};

async function runRollback(names: readonly string[], values: Values): Promise<number> {
  const to = textOf(values, 'to');
  const images = textOf(values, 'images')
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const from = fromOf(values);
  if (values.offline && from.length === 0) throw new UsageError('--offline needs --from');
  const result = await rollback(findRoot(), {
    ...pathsOf(names),
    ...formOf(values),
    ...(to !== undefined && { to }),
    ...(images && { images }),
    ...(from.length > 0 && { records: readFrom(from) }),
    ...(!values.offline && { prove: registryProof() }),
    write: !values['dry-run'],
  });
  const isFailed = result.problems.some(({ severity }) => severity === 'error');
  const changes = changedFields(result.edits);
  if (values.json) {
    const { from: before, to: target, changed, problems } = result;
    print(`${JSON.stringify({ from: before, to: target, changed, edits: changes, problems }, null, 2)}\n`);
    return isFailed ? 1 : 0;
  }
  for (const { file, line, column, from: old, to: next } of changes)
    print(`${file}:${line}:${column}: ${old} -> ${next}\n`);
  if (result.problems.length > 0)
    process.stderr.write(`${formatProblems(result.problems, readTerminal()).join('\n')}\n\n`);
  const done = isFailed ? 'nothing was written' : summary(result, Boolean(values['dry-run']));
  process.stderr.write(`${done}\n`);
  return isFailed ? 1 : 0;
}

function summary({ from, to, branch, edits }: RollbackResult, isDryRun: boolean): string {
  const before = from === undefined ? '' : ` from ${from.slice(0, 12)}`;
  if (edits.length === 0) return `nothing to change: the manifests name what ${to.slice(0, 12)} published`;
  const verb = isDryRun ? 'would go' : 'went';
  return `${verb} back${before} to ${to.slice(0, 12)}
The next publication of ${branch} writes its own images again: revert what is wrong there, too.`;
}
