import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import {
  type SampleOptions,
  sampleDeployment,
  samplePod,
  sampleReplicaSet,
  stuckDeployment,
} from '../support/kubernetes-api/sample-deployment.js';
import { type KubernetesApi, startKubernetesApi } from '../support/kubernetes-api/start-kubernetes-api.js';
import { pushImage } from '../support/push-image.js';
import { git, type RunResult, run } from '../support/run.js';
import { commitAll, createWorkspace, writeFiles } from '../support/workspace.js';

const kubectl = required('MOLTBOOK_KUBECTL');
const kustomize = required('MOLTBOOK_KUSTOMIZE');
const host = required('MOLTBOOK_REGISTRY');
const owner = `${host}/rollout-${randomBytes(4).toString('hex')}`;
const image = `${owner}/api`;
const secret = 'a-token-that-nobody-may-see';
const notFound = `rpc error: code = NotFound desc = failed to resolve reference "${image}:none": ${image}:none: not found`;

let root = '';
let folder = '';
let api: KubernetesApi;
let digest = '';

beforeAll(async () => {
  digest = await pushImage(`${image}:main-1111111`, 'first');
  root = await createWorkspace({
    plugin: { registry: owner, kubernetes: { paths: ['k8s'] } },
    files: {
      'api/project.json': '{"name":"api"}',
      'api/Dockerfile': 'FROM scratch\n',
      'k8s/api.yml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  selector: {matchLabels: {app: eu-api}}
  template:
    metadata: {labels: {app: eu-api}}
    spec: {containers: [{name: eu-api, image: ${image}}]}
`,
      'k8s/kustomization.yml': `namespace: shop
namePrefix: eu-
resources: [api.yml]
images:
  - name: ${image}
    newTag: main-1111111
    digest: ${digest}
`,
    },
  });
  folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-kubectl-'));
  mkdirSync(join(folder, 'bin'));
  symlinkSync(kustomize, join(folder, 'bin/kustomize'));
});

beforeEach(async () => {
  api = await startKubernetesApi();
  const cluster = (name: string, server: string) => ({ name, cluster: { server } });
  const context = (name: string) => ({ name, context: { cluster: name, user: 'me', namespace: 'shop' } });
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [cluster('here', api.url), cluster('gone', 'http://127.0.0.1:9')],
    contexts: [context('here'), context('gone')],
    users: [{ name: 'me', user: { token: secret } }],
    'current-context': 'here',
  };
  writeFileSync(join(folder, 'config'), JSON.stringify(config));
});

afterEach(() => api.close());

afterAll(() => {
  for (const each of [root, folder]) if (each !== '') rmSync(each, { recursive: true, force: true });
});

function environment(path: string): Record<string, string> {
  const quiet = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0' };
  return { ...quiet, KUBECONFIG: join(folder, 'config'), KUBECACHEDIR: join(folder, 'cache'), PATH: path };
}

const withKubectl = [dirname(kubectl), dirname(kustomize), process.env.PATH].join(delimiter);

async function k8s(args: readonly string[], path = withKubectl, cwd = root): Promise<RunResult> {
  const cli = join(root, 'node_modules/@moltbook/docker/bin/moltbook-docker.js');
  const options = { cwd, env: environment(path), mayFail: true };
  const result = await run([process.execPath, cli, 'k8s', ...args], options);
  expect(result.stdout + result.stderr).not.toContain(secret);
  return result;
}

function kubectlRun(...args: string[]): Promise<RunResult> {
  return run([kubectl, ...args], { cwd: folder, env: environment(withKubectl), mayFail: true });
}

function sample(revision: number, tag = `main-1111111@${digest}`): SampleOptions {
  return { name: 'eu-api', namespace: 'shop', image: `${image}:${tag}`, revision };
}

/** A Deployment whose pod runs a digest. */
function deploy(revision: number, running = digest): void {
  const options = sample(revision);
  api.set(sampleDeployment(options), sampleReplicaSet(options), samplePod(options, { digest: running }));
}

/** A Deployment whose newest pod cannot pull, while the one before still serves. */
function deployStuck(revision: number, tag?: string): void {
  const options = sample(revision, tag);
  const waiting = {
    reason: 'ImagePullBackOff',
    message: `Back-off pulling image "x": ErrImagePull: ${notFound}`,
  };
  api.set(stuckDeployment(options), sampleReplicaSet(options), samplePod(options, { waiting }));
}

describe('the real kubectl against the stand-in', () => {
  it.each([
    ['ends with 0 after a rollout', () => deploy(2), 0, 'successfully rolled out'],
    ['ends with 1 after the deadline', () => deployStuck(2), 1, 'exceeded its progress deadline'],
  ])('rollout status %s that set image began', async (_, control, exitCode, said) => {
    deploy(1);
    api.onPatch = () => void setTimeout(control, 200);
    const set = await kubectlRun('set', 'image', 'deployment/eu-api', `eu-api=${image}:main-2222222`);
    expect(set).toMatchObject({ exitCode: 0 });
    const status = await kubectlRun('rollout', 'status', 'deployment/eu-api', '--timeout=20s');
    expect(status.exitCode).toBe(exitCode);
    expect(status.stdout + status.stderr).toContain(said);
  });
});

describe('k8s status', () => {
  it('ends with 0 where all pods run what the manifests want', async () => {
    deploy(1);
    const { exitCode, stdout, stderr } = await k8s(['status']);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('1 workload runs what was wanted')]);
    expect(stdout).toMatch(
      new RegExp(`ok +shop/deployment/eu-api +1/1 +main-1111111 ${digest.slice(7, 19)}`),
    );
  });

  it('waits for a rollout that somebody else begins', async () => {
    deploy(1);
    api.set(sampleDeployment(sample(1, 'main-0000000')));
    const path = 'GET /apis/apps/v1/namespaces/shop/deployments/eu-api';
    const timer = setInterval(() => {
      if (!api.requests.includes(path)) return;
      clearInterval(timer);
      setTimeout(() => deploy(2), 300);
    }, 50);
    const { exitCode, stderr } = await k8s(['status', '--timeout', '20s']);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('waits until the cluster is told')]);
  });

  it('explains a rollout that exceeds its deadline', async () => {
    deploy(1);
    deployStuck(2);
    const { exitCode, stdout } = await k8s(['status', '--timeout', '20s', '--json']);
    const [workload] = JSON.parse(stdout).workloads;
    expect([
      exitCode,
      workload.findings.map(({ reason, cause }: Record<string, string>) => [reason, cause]),
    ]).toEqual([
      1,
      [
        ['ProgressDeadlineExceeded', undefined],
        ['OldRevision', undefined],
        ['ImagePullBackOff', 'not found'],
      ],
    ]);
  });

  it('sees that a pod runs another digest', async () => {
    deploy(1, `sha256:${'d'.repeat(64)}`);
    const { exitCode, stdout } = await k8s(['status']);
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringContaining(`it runs sha256:dddddddddddd, not ${digest.slice(0, 19)}`),
    ]);
  });

  it.each([
    ['gone', /the server 127\.0\.0\.1:9 was refused.*\(CLUSTER_FAILED\)/],
    ['nowhere', /context.*nowhere.*\(CLUSTER_FAILED\)/],
  ])('says soon that the context %s does not answer', async (context, message) => {
    const before = Date.now();
    const { exitCode, stderr } = await k8s(['status', '--context', context]);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  it('says that kubectl is missing', async () => {
    const { exitCode, stderr } = await k8s(['status'], join(folder, 'bin'));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('(KUBECTL_MISSING)')]);
  });
});

describe('k8s restart', () => {
  it('restarts the workloads and waits', async () => {
    deploy(1);
    api.onPatch = () => void setTimeout(() => deploy(2), 200);
    const { exitCode, stderr } = await k8s(['restart']);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('shop/deployment/eu-api: restarted')]);
    expect(api.requests).toContain('PATCH /apis/apps/v1/namespaces/shop/deployments/eu-api');
  });

  it('prints the commands and runs none', async () => {
    const { stdout } = await k8s(['restart', '--print', '--context', 'here']);
    expect(stdout).toBe('kubectl rollout restart deployment.apps/eu-api --context=here --namespace=shop');
    expect(api.requests).toEqual([]);
  });
});

describe('k8s rollback', () => {
  let shop = '';
  const commits: string[] = [];
  const owner = `${host}/rollback-${randomBytes(4).toString('hex')}`;
  const digests = new Map<string, string>();

  /** Names an image as a publication of the last commit would: the same content is the same image. */
  async function publish(project: string, content: string): Promise<void> {
    const head = commits.at(-1) ?? '';
    for (const tag of [`sha-${head}`, `main-${head.slice(0, 7)}`, 'main', 'latest'])
      digests.set(`${project} ${head}`, await pushImage(`${owner}/${project}:${tag}`, content));
  }

  async function commit(): Promise<void> {
    await commitAll(shop, 'Change');
    commits.push((await git(shop, 'rev-parse', 'HEAD')).stdout);
  }

  function reference(project: string, index: number): string {
    const head = commits[index] ?? '';
    return `${owner}/${project}:main-${head.slice(0, 7)}@${digests.get(`${project} ${head}`)}`;
  }

  beforeAll(async () => {
    shop = await createWorkspace({
      plugin: { registry: owner, kubernetes: { paths: ['k8s'] } },
      files: {
        'api/project.json': '{"name":"api"}',
        'api/Dockerfile': 'FROM scratch\n',
        'web/project.json': '{"name":"web"}',
        'web/Dockerfile': 'FROM scratch\n',
      },
    });
    for (const content of ['one', 'two']) {
      await commit();
      await publish('api', content);
      await publish('web', 'never changes');
    }
    const containers = [reference('api', 1), reference('web', 0)].map(
      (each) => `  - image: ${each} # stays\n`,
    );
    writeFiles(shop, { 'k8s/pod.yml': `kind: Pod\nspec:\n  containers:\n${containers.join('')}` });
    await commitAll(shop, 'Deploy');
  });

  afterAll(() => rmSync(shop, { recursive: true, force: true }));

  it('goes back and forth, and changes exactly one reference', async () => {
    const back = await k8s(['rollback'], withKubectl, shop);
    expect(back).toMatchObject({
      exitCode: 0,
      stdout: `k8s/pod.yml:4:12: ${reference('api', 1)} -> ${reference('api', 0)}`,
    });
    expect(back.stderr).toContain('The next publication of main writes its own images again');
    expect((await git(shop, 'diff', '--numstat')).stdout).toBe('1\t1\tk8s/pod.yml');
    const forth = await k8s(['rollback', '--to', commits[1] ?? ''], withKubectl, shop);
    expect([forth.exitCode, (await git(shop, 'diff', '--numstat')).stdout]).toEqual([0, '']);
  });

  it('names the nearest published commit for one that never was', async () => {
    await commit();
    const { exitCode, stderr } = await k8s(['rollback', '--to', 'HEAD'], withKubectl, shop);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`take --to ${commits[1]?.slice(0, 12)}`)]);
  });
});

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run npm test, which provides it`);
  return value;
}
