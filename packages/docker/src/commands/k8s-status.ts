import { findRoot } from '../reports/images/find-root.js';
import { readWorkloads } from '../reports/rollout/read-workloads.js';
import type { Command, Values } from './command.js';
import { pathsOf } from './k8s-options.js';
import { printRollouts } from './print-rollouts.js';
import { rolloutOptions, timeoutOf } from './rollout-options.js';

export const k8sStatusCommand: Command = {
  usage: `
  k8s status [files or folders…]
      Waits with kubectl until the workloads with images of the workspace run what was wanted, and
      says in plain words what keeps them from it. Exits with 1 if one runs anything else.
        --from <path>             a record, or a folder of records, that says what is wanted; else
                                  the manifests do; may be repeated
        --timeout <duration>      for all of them together: 90s, 5m (default); 0 only looks
        --context <name>          of kubectl's configuration
        --namespace <name>        for manifests that name none
        --json                    writes JSON
`,
  options: rolloutOptions,
  run: runStatus,
};

async function runStatus(names: readonly string[], values: Values): Promise<number> {
  timeoutOf(values);
  return printRollouts(await readWorkloads(findRoot(), pathsOf(names).paths), values);
}
