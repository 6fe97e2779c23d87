import { formatCommand } from '../core/build/command.js';
import { restartCommand } from '../core/rollout/kubectl-commands.js';
import { workloadId } from '../core/rollout/workload.js';
import { findRoot } from '../reports/images/find-root.js';
import { readWorkloads } from '../reports/rollout/read-workloads.js';
import { restartWorkloads } from '../reports/rollout/restart-workloads.js';
import { type Command, print, type Values } from './command.js';
import { pathsOf } from './k8s-options.js';
import { printRollouts } from './print-rollouts.js';
import { clusterFrom, rolloutOptions, timeoutOf } from './rollout-options.js';

export const k8sRestartCommand: Command = {
  usage: `
  k8s restart [files or folders…]
      Starts the pods of these workloads again, one after the other, so that they pull tags that
      have moved; then waits as k8s status does.
        --no-wait                 does not wait
        --print                   prints the commands and runs none
        --from <path>             a record, or a folder of records, that says what is wanted
        --timeout <duration>      for all of them together: 90s, 5m (default)
        --context <name>          of kubectl's configuration
        --namespace <name>        for manifests that name none
        --json                    writes JSON
`,
  options: { ...rolloutOptions, 'no-wait': { type: 'boolean' }, print: { type: 'boolean' } },
  run: runRestart,
};

async function runRestart(names: readonly string[], values: Values): Promise<number> {
  timeoutOf(values);
  const found = await readWorkloads(findRoot(), pathsOf(names).paths);
  const cluster = clusterFrom(values);
  if (values.print)
    return print(
      found.workloads.map((workload) => `${formatCommand(restartCommand(workload, cluster))}\n`).join(''),
    );
  await restartWorkloads(found.workloads, cluster, (workload) => {
    process.stderr.write(`${workloadId(workload)}: restarted\n`);
  });
  return values['no-wait'] ? 0 : printRollouts(found, values);
}
