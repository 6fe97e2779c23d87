import type { ApiObject } from './api-object.js';

export interface SampleOptions {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  /** Counts up with each rollout. */
  readonly revision: number;
}

/** A Deployment of one pod that has nothing left to do. */
export function sampleDeployment({ name, namespace, image, revision }: SampleOptions): ApiObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace,
      uid: `deployment-${name}`,
      generation: revision,
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image }] } },
    },
    status: {
      observedGeneration: revision,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: 1,
      availableReplicas: 1,
      conditions: [],
    },
  };
}

/** What the controllers make of a Deployment whose new pod does not get its image within the deadline. */
export function stuckDeployment(options: SampleOptions): ApiObject {
  const message = `ReplicaSet "${options.name}-${options.revision}" has timed out progressing.`;
  return {
    ...sampleDeployment(options),
    status: {
      observedGeneration: options.revision,
      replicas: 2,
      updatedReplicas: 1,
      readyReplicas: 1,
      availableReplicas: 1,
      conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message }],
    },
  };
}

/** The ReplicaSet of a revision. */
export function sampleReplicaSet({ name, namespace, revision }: SampleOptions): ApiObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${revision}`,
      namespace,
      uid: `replicaset-${name}-${revision}`,
      labels: { app: name },
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [{ uid: `deployment-${name}` }],
    },
  };
}

/** A pod of a revision: it runs a digest, or its state says why not. */
export function samplePod(
  options: SampleOptions,
  state: { digest: string } | { waiting: object },
): ApiObject {
  const { name, namespace, image, revision } = options;
  const isRunning = 'digest' in state;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${revision}-x`,
      namespace,
      labels: { app: name },
      ownerReferences: [{ uid: `replicaset-${name}-${revision}` }],
    },
    spec: { containers: [{ name, image }] },
    status: {
      phase: isRunning ? 'Running' : 'Pending',
      containerStatuses: [
        {
          name,
          image,
          ready: isRunning,
          restartCount: 0,
          imageID: isRunning ? `${image.replace(/[:@].*$/, '')}@${state.digest}` : '',
          state: isRunning ? { running: {} } : { waiting: state.waiting },
        },
      ],
    },
  };
}
