import { plainText } from '../report/terminal.js';
import { assessWorkload, type WorkloadFacts } from './assess-workload.js';
import type { SameImages } from './compare-images.js';
import { formatStatus } from './format-status.js';
import type { KubeObject, PodObject, WorkloadObject } from './kube-objects.js';
import { wantedImage } from './wanted-image.js';

const [index, platform, other] = ['a', 'b', 'c'].map((digit) => `sha256:${digit.repeat(64)}`);
const repository = 'ghcr.io/acme/api';
const reference = `${repository}:main-bcae089@${index}`;
const container = { name: 'api', reference, repository };
const workload = { kind: 'Deployment' as const, name: 'api', namespace: 'shop', containers: [container] };
const revision = (number: number) => ({ 'deployment.kubernetes.io/revision': String(number) });

const object: WorkloadObject = {
  kind: 'Deployment',
  metadata: { name: 'api', uid: 'd', generation: 1, annotations: revision(2) },
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'api', image: reference }] } } },
  status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
};
const replicaSets: KubeObject[] = [1, 2].map((number) => ({
  kind: 'ReplicaSet',
  metadata: { uid: `r${number}`, annotations: revision(number), ownerReferences: [{ uid: 'd' }] },
}));
const pod = (number: number, digest: string | undefined, name = `api-${number}`): PodObject => ({
  kind: 'Pod',
  metadata: { name, ownerReferences: [{ uid: `r${number}` }] },
  status: {
    phase: 'Running',
    containerStatuses: [
      { name: 'api', ready: true, imageID: `${repository}@${digest}`, state: { running: {} } },
    ],
  },
});

const facts: WorkloadFacts = {
  workload,
  wanted: new Map([['api', wantedImage(container, [])]]),
  object,
  replicaSets,
  pods: [pod(2, index)],
  events: [],
};

function assess(changes: Partial<WorkloadFacts>, same: SameImages = new Map()) {
  const { isRunning, findings } = assessWorkload({ ...facts, ...changes }, same);
  return [isRunning, findings.map(({ reason }) => reason)];
}

const incomplete = { isComplete: false, message: 'error: timed out waiting for the condition' };

it.each<[string, Partial<WorkloadFacts>, SameImages, [boolean, string[]]]>([
  ['runs what was wanted', {}, new Map(), [true, []]],
  [
    'runs a platform of the wanted index',
    { pods: [pod(2, platform)] },
    new Map([[index ?? '', new Set([platform ?? ''])]]),
    [true, []],
  ],
  [
    'runs something else',
    { pods: [pod(2, other)] },
    new Map([[index ?? '', new Set([platform ?? ''])]]),
    [false, ['OtherDigest']],
  ],
  [
    'runs what no registry explains',
    { pods: [pod(2, platform)] },
    new Map([[index ?? '', { reason: 'ghcr.io does not answer' }]]),
    [false, ['OtherDigest']],
  ],
  [
    'leaves pods of others alone',
    { pods: [pod(2, index), { ...pod(2, other), metadata: { name: 'x', ownerReferences: [{ uid: 'x' }] } }] },
    new Map(),
    [true, []],
  ],
  [
    'leaves ending pods alone',
    {
      pods: [
        pod(2, index),
        { ...pod(1, other), metadata: { ...pod(1, other).metadata, deletionTimestamp: 'now' } },
      ],
    },
    new Map(),
    [true, []],
  ],
  [
    'names another image',
    {
      object: {
        ...object,
        spec: {
          ...object.spec,
          template: { spec: { containers: [{ name: 'api', image: `${repository}:old` }] } },
        },
      },
    },
    new Map(),
    [false, ['OtherImage']],
  ],
  [
    'has an old ReplicaSet still',
    { waited: incomplete, pods: [pod(1, other), pod(2, index)] },
    new Map(),
    [false, ['Incomplete', 'OldRevision']],
  ],
  [
    'has exceeded its deadline',
    {
      waited: incomplete,
      object: {
        ...object,
        status: {
          ...object.status,
          conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
        },
      },
    },
    new Map(),
    [false, ['ProgressDeadlineExceeded']],
  ],
  [
    'may create no pods',
    {
      waited: incomplete,
      pods: [],
      object: {
        ...object,
        status: {
          ...object.status,
          conditions: [
            { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota' },
          ],
        },
      },
    },
    new Map(),
    [false, ['FailedCreate', 'Incomplete']],
  ],
  [
    'is paused',
    { waited: incomplete, object: { ...object, spec: { ...object.spec, paused: true } } },
    new Map(),
    [false, ['Paused', 'Incomplete']],
  ],
  [
    'is scaled to nothing',
    {
      pods: [],
      object: { ...object, spec: { ...object.spec, replicas: 0 }, status: { observedGeneration: 1 } },
    },
    new Map(),
    [true, ['NoPods']],
  ],
])('a workload that %s', (_, changes, same, result) => expect(assess(changes, same)).toEqual(result));

it('that the cluster does not have', () => {
  const { object: _, ...rest } = facts;
  expect(assessWorkload(rest, new Map())).toMatchObject({
    isRunning: false,
    findings: [{ reason: 'NotFound' }],
  });
});

it('is not compared where nobody knows the digest of its tag, which is no failure', () => {
  const wanted = new Map([['api', wantedImage({ ...container, reference: `${repository}:main` }, [])]]);
  const template = { spec: { containers: [{ name: 'api', image: `${repository}:main` }] } };
  expect(assess({ wanted, object: { ...object, spec: { ...object.spec, template } } })).toEqual([
    true,
    ['NotCompared'],
  ]);
});

it.each([
  ['StatefulSet', { status: { updateRevision: 'new' } }, { 'controller-revision-hash': 'new' }],
  [
    'DaemonSet',
    { metadata: { uid: 'd', annotations: { 'deprecated.daemonset.template.generation': '7' } } },
    { 'pod-template-generation': '7' },
  ],
])('knows the pods of the newest revision of a %s', (kind, changes, labels) => {
  const own = (name: string, own: object, digest?: string): PodObject => ({
    ...pod(2, digest),
    metadata: { name, labels: { ...own }, ownerReferences: [{ uid: 'd' }] },
  });
  const pods = [
    own('new', labels, index),
    own('old', { 'controller-revision-hash': 'old', 'pod-template-generation': '6' }, other),
  ];
  const { images } = assessWorkload({ ...facts, pods, object: { ...object, kind, ...changes } }, new Map());
  expect(images[0]?.running).toEqual([{ digest: index, pods: ['new'], isWanted: true }]);
});

it('is printed as a table, with one finding for many pods', () => {
  const pods = [pod(2, other, 'api-a'), pod(2, other, 'api-b')];
  const status = assessWorkload({ ...facts, pods }, new Map([[index ?? '', new Set<string>()]]));
  expect(formatStatus([status], plainText)).toBe(`        WORKLOAD             PODS  RUNS
not ok  shop/deployment/api   1/1  cccccccccccc

shop/deployment/api
  OtherDigest: api: it runs sha256:cccccccccccc, not sha256:aaaaaaaaaaaa of ${reference} (2 pods, such as api-a)
    Fix: start it again with moltbook-docker k8s restart; a tag that moves needs imagePullPolicy: Always
`);
});
