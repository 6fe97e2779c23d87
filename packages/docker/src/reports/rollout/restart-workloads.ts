import { DockerPluginError, type Problem } from '../../core/errors.js';
import { type ClusterOptions, restartCommand } from '../../core/rollout/kubectl-commands.js';
import { type Workload, workloadId } from '../../core/rollout/workload.js';
import { requireCluster, runKubectl } from '../../host/kubectl/run-kubectl.js';

const patience = 30_000;

/**
 * Begins a new rollout of each workload, one after the other, so that the first refusal leaves the rest as it is.
 *
 * @throws DockerPluginError KUBECTL_MISSING, CLUSTER_FAILED
 */
export async function restartWorkloads(
  workloads: readonly Workload[],
  cluster: ClusterOptions,
  onRestarted: (workload: Workload) => void,
): Promise<void> {
  await requireCluster(cluster);
  for (const workload of workloads) {
    const { exitCode, message } = await runKubectl(restartCommand(workload, cluster), { timeout: patience });
    if (exitCode !== 0) throw new DockerPluginError(notRestarted(workload, message));
    onRestarted(workload);
  }
}

function notRestarted(workload: Workload, reason: string): Problem {
  return {
    code: 'CLUSTER_FAILED',
    severity: 'error',
    message: `${workloadId(workload)} cannot be restarted: ${reason || 'no answer in time'}`,
    fix: 'see that the cluster has it, and that you may patch it',
  };
}
