/** An object of the API, with what the stand-in itself reads of it. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly generation?: number;
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

export interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly group: 'v1' | 'apps/v1';
}

/** The kinds that the stand-in has. */
export const apiResources: readonly ApiResource[] = [
  { name: 'pods', kind: 'Pod', group: 'v1' },
  { name: 'events', kind: 'Event', group: 'v1' },
  { name: 'deployments', kind: 'Deployment', group: 'apps/v1' },
  { name: 'replicasets', kind: 'ReplicaSet', group: 'apps/v1' },
  { name: 'statefulsets', kind: 'StatefulSet', group: 'apps/v1' },
  { name: 'daemonsets', kind: 'DaemonSet', group: 'apps/v1' },
];
