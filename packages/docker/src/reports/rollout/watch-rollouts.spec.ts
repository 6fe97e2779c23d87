import { answerKubectl } from '../../../testing/answer-kubectl.js';
import { fakeRegistry } from '../../../testing/fake-registry.js';
import { mediaTypes } from '../../core/registry/media-types.js';
import type { Workload } from '../../core/rollout/workload.js';
import { watchRollouts } from './watch-rollouts.js';

function workload(name: string, reference: string): Workload {
  const repository = reference.replace(/:[^:/]*$/, '');
  return { kind: 'Deployment', name, containers: [{ name, reference, repository }] };
}

function objectOf(name: string, image: string): string {
  return JSON.stringify({
    kind: 'Deployment',
    metadata: { name, uid: 'd', generation: 1, annotations: { 'deployment.kubernetes.io/revision': '1' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { spec: { containers: [{ name, image }] } },
    },
    status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
  });
}

function podsOf(name: string, digest: string): string {
  const replicaSet = {
    kind: 'ReplicaSet',
    metadata: {
      uid: 'r',
      annotations: { 'deployment.kubernetes.io/revision': '1' },
      ownerReferences: [{ uid: 'd' }],
    },
  };
  const status = { name, ready: true, imageID: `x@${digest}`, state: { running: {} } };
  const pod = {
    kind: 'Pod',
    metadata: { name: `${name}-1`, ownerReferences: [{ uid: 'r' }] },
    status: { phase: 'Running', containerStatuses: [status] },
  };
  return JSON.stringify({ items: [replicaSet, pod] });
}

function watch(workloads: readonly Workload[], timeout = 20_000, said: string[] = []) {
  return watchRollouts(workloads, { records: [], timeout, say: (line) => said.push(line) });
}

const [old, moved] = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`);

it('finds a tag that has moved since a pod pulled it', async () => {
  const manifest = { 'content-type': mediaTypes.ociManifest, 'docker-content-digest': moved };
  const registry = await fakeRegistry(({ method }, response) =>
    method === 'HEAD' ? response.writeHead(200, manifest).end() : response.writeHead(404).end(),
  );
  const image = `${registry.host}/acme/api:main`;
  answerKubectl(`case "$*" in
    *raw*) ;;
    'rollout status'*) echo 'deployment "api" successfully rolled out' ;;
    *selector*) echo '${podsOf('api', old ?? '')}' ;;
    *) echo '${objectOf('api', image)}' ;;
  esac`);
  const said: string[] = [];
  const [status] = await watch([workload('api', image)], 20_000, said);
  await registry.close();
  expect(status).toMatchObject({
    isRunning: false,
    findings: [
      {
        reason: 'OtherDigest',
        message: `it runs sha256:${'a'.repeat(12)}, not sha256:${'b'.repeat(12)} of ${image}`,
      },
    ],
  });
  expect(said).toEqual(['deployment/api: deployment "api" successfully rolled out']);
});

it('looks once without waiting', async () => {
  answerKubectl(`case "$*" in
    *raw*) echo 'Error from server (Forbidden): no' >&2; exit 1 ;;
    'rollout status'*) sleep 30 ;;
    *selector*) echo '${podsOf('api', old ?? '')}' ;;
    *events*) echo 'Error from server (Forbidden): events' >&2; exit 1 ;;
    *) echo '${objectOf('api', `127.0.0.1:9/acme/api@${moved}`)}' ;;
  esac`);
  const reference = `127.0.0.1:9/acme/api@${old}`;
  const container = { name: 'api', reference, repository: '127.0.0.1:9/acme/api' };
  const [status] = await watch([{ kind: 'Deployment', name: 'api', containers: [container] }], 0);
  expect(status?.findings.map(({ reason }) => reason)).toEqual(['OtherImage']);
});

it('waits no longer where one workload cannot be read', async () => {
  const image = '127.0.0.1:9/acme/api:main';
  answerKubectl(`case "$*" in
    *raw*) ;;
    'rollout status'*) exec sleep 30 ;;
    *web*) sleep 1; echo 'Error from server (Forbidden): you may not see web; token: Bearer abcdefghijklmnop' >&2; exit 1 ;;
    *) echo '${objectOf('api', image)}' ;;
  esac`);
  const before = Date.now();
  const failure = watch([workload('api', image), workload('web', image)]);
  await expect(failure).rejects.toThrow('you may not see web; token: Bearer *** (CLUSTER_FAILED)');
  expect(Date.now() - before).toBeLessThan(15_000);
});

it('says that the cluster has no such workload', async () => {
  answerKubectl('exit 0');
  const [status] = await watch([workload('api', '127.0.0.1:9/acme/api:main')]);
  expect(status).toMatchObject({ isRunning: false, findings: [{ reason: 'NotFound' }] });
});
