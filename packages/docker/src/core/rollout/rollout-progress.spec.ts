import type { WorkloadObject } from './kube-objects.js';
import { rolloutProgress } from './rollout-progress.js';

const deployment = (status: object, spec: object = {}): WorkloadObject => ({
  kind: 'Deployment',
  metadata: { generation: 2 },
  spec: { replicas: 2, ...spec },
  status: { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2, ...status },
});
const set = (status: object, partition?: number): WorkloadObject => ({
  kind: 'StatefulSet',
  metadata: { generation: 1 },
  spec: { replicas: 3, ...(partition !== undefined && { updateStrategy: { rollingUpdate: { partition } } }) },
  status: {
    observedGeneration: 1,
    replicas: 3,
    readyReplicas: 3,
    updatedReplicas: 3,
    currentRevision: 'a',
    updateRevision: 'b',
    ...status,
  },
});
const daemon = (status: object): WorkloadObject => ({
  kind: 'DaemonSet',
  metadata: { generation: 1 },
  status: {
    observedGeneration: 1,
    desiredNumberScheduled: 2,
    updatedNumberScheduled: 2,
    numberAvailable: 2,
    ...status,
  },
});

it.each<[string, WorkloadObject, string]>([
  ['a Deployment', deployment({}), ''],
  [
    'one that was not looked at',
    deployment({ observedGeneration: 1 }),
    'the cluster has not looked at the change yet',
  ],
  ['one with few new pods', deployment({ updatedReplicas: 1 }), '1 of 2 pods are of the new revision'],
  ['one with old pods', deployment({ replicas: 3 }), '1 old pod has not ended yet'],
  ['one with more of them', deployment({ replicas: 4 }), '2 old pods have not ended yet'],
  ['one that is not ready', deployment({ availableReplicas: 0 }), '0 of 2 pods are available'],
  [
    'one without pods',
    deployment({ replicas: 0, updatedReplicas: 0, availableReplicas: 0 }, { replicas: 0 }),
    '',
  ],
  ['a StatefulSet', set({}), ''],
  ['one that is settled', set({ updatedReplicas: 0, currentRevision: 'b' }), ''],
  ['one in between', set({ updatedReplicas: 1 }), '1 of 3 pods are of the new revision'],
  ['one with a partition', set({ updatedReplicas: 1 }, 2), ''],
  ['one that is not ready', set({ readyReplicas: 2 }), '2 of 3 pods are available'],
  ['a DaemonSet', daemon({}), ''],
  ['one on few nodes', daemon({ updatedNumberScheduled: 1 }), '1 of 2 pods are of the new revision'],
  ['one that is not ready', daemon({ numberAvailable: 1 }), '1 of 2 pods are available'],
])('%s: %j', (_, object, message) => {
  expect(rolloutProgress(object)).toMatchObject({ isComplete: message === '', message });
});
