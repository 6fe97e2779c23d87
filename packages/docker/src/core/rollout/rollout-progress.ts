import type { WorkloadObject } from './kube-objects.js';

export interface RolloutProgress {
  readonly isComplete: boolean;
  /** What is waited for; empty where the rollout is complete. */
  readonly message: string;
  readonly wanted: number;
  /** Pods of the newest revision. */
  readonly updated: number;
  /** Pods that do their work, of any revision. */
  readonly available: number;
}

/**
 * Tells how far a rollout is, by the rules of `kubectl rollout status`. A rollout that waits for somebody to delete pods
 * (`OnDelete`) counts like any other.
 */
export function rolloutProgress(object: WorkloadObject): RolloutProgress {
  const { metadata = {}, status = {}, spec = {} } = object;
  const counts = object.kind === 'DaemonSet' ? daemonCounts(object) : replicaCounts(object);
  const { wanted, updated, available, total } = counts;
  const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  const enough = Math.max(0, wanted - partition);
  const isSeen = (metadata.generation ?? 0) <= (status.observedGeneration ?? 0);
  const message = !isSeen
    ? 'the cluster has not looked at the change yet'
    : updated < enough
      ? `${updated} of ${enough} pods are of the new revision`
      : object.kind === 'Deployment' && total > updated
        ? oldPods(total - updated)
        : available < wanted
          ? `${available} of ${wanted} pods are available`
          : '';
  return { isComplete: message === '', message, wanted, updated, available };
}

function oldPods(count: number): string {
  return count === 1 ? '1 old pod has not ended yet' : `${count} old pods have not ended yet`;
}

interface Counts {
  readonly wanted: number;
  readonly updated: number;
  readonly available: number;
  readonly total: number;
}

function replicaCounts({ kind, spec = {}, status = {} }: WorkloadObject): Counts {
  const { replicas = 0, updatedReplicas, availableReplicas = 0, readyReplicas = 0 } = status;
  // A StatefulSet whose rollout is over counts its updated pods no more in some versions.
  const isSettled = kind === 'StatefulSet' && status.currentRevision === status.updateRevision;
  return {
    wanted: spec.replicas ?? 1,
    updated: isSettled ? replicas : (updatedReplicas ?? 0),
    available: kind === 'StatefulSet' ? readyReplicas : availableReplicas,
    total: replicas,
  };
}

function daemonCounts({ status = {} }: WorkloadObject): Counts {
  const {
    desiredNumberScheduled: wanted = 0,
    updatedNumberScheduled: updated = 0,
    numberAvailable = 0,
  } = status;
  return { wanted, updated, available: numberAvailable, total: updated };
}
