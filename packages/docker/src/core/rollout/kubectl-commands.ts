import type { Command } from '../build/command.js';
import { type Workload, workloadName } from './workload.js';

/** Which cluster is asked, as kubectl's own options say it. Left out, kubectl's configuration decides. */
export interface ClusterOptions {
  readonly context?: string;
  /** For objects whose manifests name none. */
  readonly namespace?: string;
}

/** A kubectl command. What could look like an option is written behind a `=`. */
export function kubectlCommand(args: readonly string[], { context, namespace }: ClusterOptions): Command {
  return {
    file: 'kubectl',
    args: [
      ...args,
      ...(context === undefined ? [] : [`--context=${context}`]),
      ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
    ],
    env: {},
  };
}

/** The namespace of a workload: its own, else the one that was given. */
export function clusterOf(
  { namespace }: Pick<Workload, 'namespace'>,
  cluster: ClusterOptions,
): ClusterOptions {
  return namespace === undefined ? cluster : { ...cluster, namespace };
}

/** Begins a new rollout of what the cluster has, which pulls tags that have moved. */
export function restartCommand(workload: Workload, cluster: ClusterOptions): Command {
  return kubectlCommand(['rollout', 'restart', resourceOf(workload)], clusterOf(workload, cluster));
}

/** Waits until a rollout is done, for so many seconds. */
export function waitCommand(workload: Workload, cluster: ClusterOptions, seconds: number): Command {
  const args = ['rollout', 'status', resourceOf(workload), `--timeout=${seconds}s`];
  return kubectlCommand(args, clusterOf(workload, cluster));
}

/** With its group, so that a resource of others with the same name is not meant. */
export function resourceOf(workload: Workload): string {
  return workloadName(workload).replace('/', '.apps/');
}
