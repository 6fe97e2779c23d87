import type { Command } from '../../core/build/command.js';
import { formatSelector } from '../../core/rollout/format-selector.js';
import type { EventObject, KubeObject, PodObject, WorkloadObject } from '../../core/rollout/kube-objects.js';
import {
  type ClusterOptions,
  clusterOf,
  kubectlCommand,
  resourceOf,
  waitCommand,
} from '../../core/rollout/kubectl-commands.js';
import type { Workload } from '../../core/rollout/workload.js';
import {
  type KubectlOutcome,
  type RunOptions,
  readKubectl,
  requireCluster,
  runKubectl,
} from './run-kubectl.js';

/** A cluster, as kubectl shows it. All methods but `wait` throw CLUSTER_FAILED where it does not answer. */
export interface Cluster {
  /** `undefined` where the cluster has none. */
  read(workload: Workload): Promise<WorkloadObject | undefined>;
  /** The pods of a workload and the ReplicaSets between them. */
  readPods(workload: Workload, object: WorkloadObject): Promise<PodsOfWorkload>;
  /** Warnings about pods, as far as they may be read. */
  readEvents(workload: Workload): Promise<readonly EventObject[]>;
  /** Waits for a rollout. */
  wait(workload: Workload, options: RunOptions): Promise<KubectlOutcome>;
}

export interface PodsOfWorkload {
  readonly pods: readonly PodObject[];
  readonly replicaSets: readonly KubeObject[];
}

/** @throws DockerPluginError KUBECTL_MISSING, CLUSTER_FAILED */
export async function openCluster(cluster: ClusterOptions): Promise<Cluster> {
  await requireCluster(cluster);
  function commandFor(workload: Workload, args: readonly string[]): Command {
    return kubectlCommand([...args, '--output=json'], clusterOf(workload, cluster));
  }
  return {
    async read(workload) {
      const args = ['get', resourceOf(workload), '--ignore-not-found'];
      return (await readKubectl(commandFor(workload, args))) as WorkloadObject | undefined;
    },
    async readPods(workload, { kind, spec = {} }) {
      const selector = formatSelector(spec.selector ?? {});
      // Without a selector kubectl would give the pods of everybody.
      if (selector === '') return { pods: [], replicaSets: [] };
      const kinds = kind === 'Deployment' ? 'replicasets.apps,pods' : 'pods';
      const args = ['get', kinds, `--selector=${selector}`];
      const items = itemsOf(await readKubectl(commandFor(workload, args)));
      const pods = items.filter((item) => item.kind === 'Pod') as PodObject[];
      return { pods, replicaSets: items.filter((item) => item.kind === 'ReplicaSet') };
    },
    async readEvents(workload) {
      const args = ['get', 'events', '--field-selector=type=Warning,involvedObject.kind=Pod'];
      try {
        return itemsOf(await readKubectl(commandFor(workload, args))) as EventObject[];
      } catch {
        return [];
      }
    },
    wait(workload, options) {
      const seconds = Math.max(1, Math.ceil(options.timeout / 1000));
      const command = waitCommand(workload, cluster, seconds);
      // It ends by itself, unless it hangs.
      return runKubectl(command, { ...options, timeout: (seconds + 10) * 1000 });
    },
  };
}

function itemsOf(value: unknown): KubeObject[] {
  const { items } = Object(value) as { items?: unknown };
  return Array.isArray(items) ? (items as KubeObject[]) : [];
}
