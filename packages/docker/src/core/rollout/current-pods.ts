import type { KubeObject, PodObject, WorkloadObject } from './kube-objects.js';

export interface PodsByRevision {
  /** Of the newest revision. */
  readonly current: readonly PodObject[];
  /** Of earlier ones that still serve. */
  readonly old: readonly PodObject[];
}

const revision = 'deployment.kubernetes.io/revision';

/**
 * Sorts the pods of a workload by revision. Pods that have ended or are being ended are left out, and so are pods of
 * others that the selector happens to find.
 *
 * @param replicaSets Those that its selector finds; only a Deployment has some.
 */
export function currentPods(
  workload: WorkloadObject,
  replicaSets: readonly KubeObject[],
  pods: readonly PodObject[],
): PodsByRevision {
  const owners = ownersOf(workload, replicaSets);
  const serving = pods.filter(
    (pod) =>
      pod.metadata?.deletionTimestamp === undefined &&
      !['Succeeded', 'Failed'].includes(pod.status?.phase ?? '') &&
      (pod.metadata?.ownerReferences ?? []).some(({ uid = '' }) => owners.has(uid)),
  );
  const isCurrent = (pod: PodObject) => isOfRevision(pod, workload, owners);
  return { current: serving.filter(isCurrent), old: serving.filter((pod) => !isCurrent(pod)) };
}

/** What owns its pods, by id: true for the newest revision. */
function ownersOf(
  { kind, metadata = {} }: WorkloadObject,
  replicaSets: readonly KubeObject[],
): Map<string, boolean> {
  if (kind !== 'Deployment') return new Map([[metadata.uid ?? '', true]]);
  const newest = metadata.annotations?.[revision];
  const own = replicaSets.filter(({ metadata: set }) =>
    set?.ownerReferences?.some(({ uid }) => uid === metadata.uid),
  );
  return new Map(
    own.map(({ metadata: set }) => [
      set?.uid ?? '',
      newest !== undefined && set?.annotations?.[revision] === newest,
    ]),
  );
}

function isOfRevision(
  { metadata = {} }: PodObject,
  workload: WorkloadObject,
  owners: ReadonlyMap<string, boolean>,
): boolean {
  const { labels = {}, ownerReferences = [] } = metadata;
  if (workload.kind === 'StatefulSet')
    return labels['controller-revision-hash'] === workload.status?.updateRevision;
  if (workload.kind === 'DaemonSet') {
    const generation = workload.metadata?.annotations?.['deprecated.daemonset.template.generation'];
    return generation === undefined || labels['pod-template-generation'] === generation;
  }
  return ownerReferences.some(({ uid = '' }) => owners.get(uid));
}
