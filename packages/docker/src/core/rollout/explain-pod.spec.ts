import { explainPod } from './explain-pod.js';
import type { ContainerStatus, EventObject, PodObject } from './kube-objects.js';

const image = 'ghcr.io/acme/api:main-bcae089';

function podWith(status: NonNullable<PodObject['status']>): PodObject {
  return {
    metadata: { name: 'api-1', namespace: 'shop' },
    spec: { initContainers: [{ name: 'migrate', image }], containers: [{ name: 'api', image }] },
    status,
  };
}

function waiting(reason: string, message = '', more: ContainerStatus = {}): PodObject {
  const state = { waiting: { reason, ...(message && { message }) } };
  return podWith({ phase: 'Pending', containerStatuses: [{ name: 'api', state, ...more }] });
}

const ended = (exitCode: number, reason = 'Error') => ({ terminated: { exitCode, reason } });
const notFound = `rpc error: code = NotFound desc = failed to resolve reference "${image}": ${image}: not found`;

it.each<[string, PodObject, object]>([
  [
    'ImagePullBackOff with its reason',
    waiting('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${notFound}`),
    {
      reason: 'ImagePullBackOff',
      cause: 'not found',
      container: 'api',
      message: `${image} cannot be pulled: the registry has no such tag or digest`,
    },
  ],
  [
    'ErrImagePull',
    waiting('ErrImagePull', 'pull access denied for x'),
    { reason: 'ErrImagePull', cause: 'unauthorized' },
  ],
  [
    'InvalidImageName',
    waiting('InvalidImageName', 'Failed to apply default image tag'),
    { message: `"${image}" is no reference of an image` },
  ],
  [
    'ErrImageNeverPull',
    waiting('ErrImageNeverPull'),
    { message: `imagePullPolicy is Never, and the node does not have ${image}` },
  ],
  [
    'a Secret that is missing',
    waiting('CreateContainerConfigError', 'secret "moltbook-database" not found'),
    {
      message: 'it cannot be configured: secret "moltbook-database" not found',
      fix: expect.stringContaining('Secret'),
    },
  ],
  [
    'a user that is root',
    waiting('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root'),
    { fix: expect.stringContaining('USER') },
  ],
  [
    'a command that is missing',
    waiting('RunContainerError', 'exec: "node": executable file not found in $PATH'),
    { message: 'it cannot be started: exec: "node": executable file not found in $PATH' },
  ],
  [
    'a crash',
    waiting('CrashLoopBackOff', 'back-off 5m0s', { restartCount: 7, lastState: ended(1) }),
    {
      cause: 'exit code 1',
      message: 'it ends again and again (7 restarts): it ended with exit code 1',
      fix: 'read its output: kubectl logs pod/api-1 --namespace=shop --container=api --previous',
    },
  ],
  [
    'too much memory',
    waiting('CrashLoopBackOff', '', { restartCount: 1, lastState: ended(137, 'OOMKilled') }),
    {
      reason: 'CrashLoopBackOff',
      cause: 'OOMKilled',
      message: expect.stringContaining('(1 restart): it used more memory'),
    },
  ],
  ['a signature', waiting('SignatureValidationFailed'), { reason: 'SignatureValidationFailed' }],
  [
    'a crash that is not waited after yet',
    podWith({ phase: 'Running', containerStatuses: [{ name: 'api', state: ended(2) }] }),
    { reason: 'Error', cause: 'exit code 2' },
  ],
  [
    'no node',
    podWith({
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/3 nodes are available: 3 Insufficient cpu.',
        },
      ],
    }),
    {
      reason: 'Unschedulable',
      message: 'no node can take it: 3 Insufficient cpu',
      fix: 'lower resources.requests, or add nodes',
    },
  ],
  [
    'a probe',
    podWith({
      phase: 'Running',
      containerStatuses: [{ name: 'api', ready: false, started: true, state: { running: {} } }],
    }),
    { reason: 'NotReady', message: 'it runs and is not ready: its readiness probe does not succeed' },
  ],
  [
    'a startup probe',
    podWith({
      phase: 'Running',
      containerStatuses: [{ name: 'api', ready: false, started: false, state: { running: {} } }],
    }),
    { message: 'it runs and is not ready: its startup probe does not succeed' },
  ],
  [
    'an init container that fails',
    podWith({
      phase: 'Pending',
      initContainerStatuses: [
        {
          name: 'migrate',
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          restartCount: 2,
          lastState: ended(1),
        },
      ],
      containerStatuses: [{ name: 'api', state: { waiting: { reason: 'PodInitializing' } } }],
    }),
    { container: 'migrate', reason: 'CrashLoopBackOff' },
  ],
  [
    'an init container that runs',
    podWith({
      phase: 'Pending',
      initContainerStatuses: [{ name: 'migrate', state: { running: {} } }],
      containerStatuses: [{ name: 'api', state: { waiting: { reason: 'PodInitializing' } } }],
    }),
    { container: 'migrate', reason: 'PodInitializing' },
  ],
  [
    'nothing yet',
    podWith({ phase: 'Pending' }),
    { reason: 'ContainerCreating', message: 'it is being created' },
  ],
])('explains %s', (_, pod, finding) => {
  expect(explainPod(pod)).toEqual([
    expect.objectContaining({ severity: 'error', pods: ['api-1'], ...finding }),
  ]);
});

it.each<[string, PodObject]>([
  [
    'works',
    podWith({ phase: 'Running', containerStatuses: [{ name: 'api', ready: true, state: { running: {} } }] }),
  ],
  [
    'is being ended',
    { ...waiting('ImagePullBackOff'), metadata: { name: 'api-1', deletionTimestamp: 'now' } },
  ],
  ['was evicted', podWith({ phase: 'Failed', reason: 'Evicted' })],
  [
    'has a finished init container',
    podWith({
      phase: 'Running',
      initContainerStatuses: [{ name: 'migrate', state: ended(0, 'Completed') }],
      containerStatuses: [{ name: 'api', ready: true, state: { running: {} } }],
    }),
  ],
  [
    'has a sidecar',
    podWith({
      phase: 'Running',
      initContainerStatuses: [{ name: 'proxy', started: true, ready: true, state: { running: {} } }],
      containerStatuses: [{ name: 'api', ready: true, state: { running: {} } }],
    }),
  ],
])('says nothing of a pod that %s', (_, pod) => expect(explainPod(pod)).toEqual([]));

describe('asks events where the status does not say why', () => {
  const event = (reason: string, message: string, name = 'api-1'): EventObject => ({
    reason,
    message,
    involvedObject: { kind: 'Pod', name },
  });

  it('a pull failed', () => {
    const pod = waiting('ImagePullBackOff', `Back-off pulling image "${image}"`);
    const events = [
      event('Failed', `Failed to pull image "${image}": ${notFound}`),
      event('Failed', 'Error: ImagePullBackOff'),
    ];
    expect(explainPod(pod, events)[0]).toMatchObject({ cause: 'not found' });
    expect(
      explainPod(pod, [event('Failed', `Failed to pull image "${image}": ${notFound}`, 'other')])[0],
    ).toMatchObject({ cause: 'unknown' });
  });

  it('a volume is missing', () => {
    const [finding] = explainPod(waiting('ContainerCreating'), [
      event('FailedMount', 'configmap "x" not found'),
    ]);
    expect(finding).toMatchObject({
      reason: 'FailedMount',
      message: 'it waits for its volumes: configmap "x" not found',
    });
  });
});

it('repeats no credentials that the cluster says', () => {
  const said =
    'Head "https://me:hunter2@ghcr.io/v2/": authorization: Bearer abcdefghijkl.mnop failed: 401 Unauthorized';
  const text = JSON.stringify(explainPod(waiting('ErrImagePull', said)));
  expect(text).not.toMatch(/hunter2|abcdefghijkl/);
  expect(text).toContain('401');
});
