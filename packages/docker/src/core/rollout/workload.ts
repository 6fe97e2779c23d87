/** The kinds whose rollouts kubectl can wait for. */
export const watchedKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

export type WorkloadKind = (typeof watchedKinds)[number];

/** An object that runs images of the workspace, as the manifests want it. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** Left out where neither the manifest nor a kustomization names one: the namespace of kubectl's context counts. */
  readonly namespace?: string;
  /** Its containers with images of the workspace, init containers first. */
  readonly containers: readonly WorkloadContainer[];
}

export interface WorkloadContainer {
  readonly name: string;
  /** As in the manifest: `ghcr.io/acme/api:1.2.3@sha256:…`. */
  readonly reference: string;
  /** Normalised. */
  readonly repository: string;
}

/** As kubectl names it: `deployment/api`. */
export function workloadName({ kind, name }: Pick<Workload, 'kind' | 'name'>): string {
  return `${kind.toLowerCase()}/${name}`;
}

/** With its namespace: `shop/deployment/api`. */
export function workloadId(workload: Pick<Workload, 'kind' | 'name' | 'namespace'>): string {
  const { namespace } = workload;
  return `${namespace === undefined ? '' : `${namespace}/`}${workloadName(workload)}`;
}
