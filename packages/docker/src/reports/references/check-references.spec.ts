import { sampleRecord } from '../../../testing/sample-record.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import type { PublishedRecord } from '../../core/build/published-record.js';
import { checkReferences } from './check-references.js';

const plugin = { plugin: '@moltbook/docker/plugin', options: { registry: 'ghcr.io/acme' } };
const api = {
  'nx.json': JSON.stringify({ plugins: [plugin] }),
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM scratch\n',
};
const { digest } = sampleRecord;
const published = `ghcr.io/acme/api:main-bcae089@${digest}`;

/** Problems as `file:line:column CODE severity`. */
async function check(files: Record<string, string>, records: readonly PublishedRecord[] = []) {
  const root = temporaryWorkspace({ ...api, ...files });
  const { problems, checked, listed } = await checkReferences(root, records, { paths: ['k8s'] });
  return {
    checked,
    listed: listed.map(({ file, line, reference, note }) => [`${file}:${line}`, reference, note]),
    problems: problems.map(({ code, severity, place, sourceLine }) => {
      expect(sourceLine).toBeDefined();
      return `${place?.file}:${place?.line}:${place?.column} ${code} ${severity}`;
    }),
  };
}

const container = (image: string, policy = '') =>
  `kind: Pod\nspec:\n  containers:\n  - image: ${image}\n${policy && `    imagePullPolicy: ${policy}\n`}`;

const kustomization = (...lines: string[]) =>
  `resources: [api.yml]\nimages:\n- name: ghcr.io/acme/api\n${lines.map((line) => `  ${line}\n`).join('')}`;

const application = (image: string, path = 'k8s') => `apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  source:
    path: ./${path}/
    kustomize: {images: [${image}]}
`;

describe('with records, a reference', () => {
  it.each([
    ['that was published is right', published, []],
    ['of the same digest is right', `ghcr.io/acme/api:v1@${digest}`, []],
    ['of another tag is stale', 'ghcr.io/acme/api:bcae089', ['k8s/api.yml:4:12 REFERENCE_STALE error']],
    ['without a version is stale', 'ghcr.io/acme/api', ['k8s/api.yml:4:12 REFERENCE_STALE error']],
    ['of another registry is none of ours', 'other.io/acme/api:1.2.3', []],
  ])('%s', async (_, image, problems) => {
    expect((await check({ 'k8s/api.yml': container(image) }, [sampleRecord])).problems).toEqual(problems);
  });

  it('that leaves its version to a kustomization is right', async () => {
    const files = {
      'k8s/api.yml': container('ghcr.io/acme/api'),
      'k8s/kustomization.yml': kustomization('newTag: main-bcae089', `digest: ${digest}`),
    };
    expect(await check(files, [sampleRecord])).toEqual({ checked: 2, listed: [], problems: [] });
  });
});

describe('the layer that wins', () => {
  it('is the Application, before the kustomization, before the manifest', async () => {
    const { problems } = await check({
      'k8s/api.yml': container('ghcr.io/acme/api:1.0.0'),
      'k8s/kustomization.yml': kustomization('newTag: 1.0.1'),
      'k8s/argocd.yml': application('ghcr.io/acme/api:1.0.2'),
    });
    expect(problems).toEqual([
      'k8s/api.yml:4:12 REFERENCE_HIDDEN error',
      'k8s/kustomization.yml:4:11 REFERENCE_HIDDEN error',
    ]);
  });

  it.each([
    ['says the same', application('ghcr.io/acme/api:1.0.1'), []],
    ['applies another folder', application('ghcr.io/acme/api:1.0.2', 'elsewhere'), []],
    ['replaces another image', application('ghcr.io/acme/api-worker:1.0.2'), []],
    [
      'replaces it by name',
      application('ghcr.io/acme/api=ghcr.io/acme/api:1.0.2'),
      ['k8s/kustomization.yml:4:11 REFERENCE_HIDDEN error'],
    ],
  ])('is no Application that %s', async (_, text, problems) => {
    const files = { 'k8s/kustomization.yml': kustomization('newTag: 1.0.1'), 'k8s/argocd.yml': text };
    expect((await check(files)).problems).toEqual(problems);
  });

  it('is the outer kustomization, of which a tag in a manifest is warned', async () => {
    const { problems } = await check({
      'k8s/base/api.yml': container('ghcr.io/acme/api:1.0.0'),
      'k8s/base/kustomization.yaml': kustomization('newTag: 1.0.1'),
      'k8s/prod/kustomization.yaml': kustomization('newTag: 1.0.0').replace('api.yml', '../base'),
      'k8s/other/api.yml': container('ghcr.io/acme/api:1.0.0'),
    });
    expect(problems).toEqual(['k8s/base/kustomization.yaml:4:11 REFERENCE_HIDDEN warning']);
  });

  it('follows a placeholder through newName', async () => {
    const { problems, checked } = await check({
      'k8s/api.yml': container('backend'),
      'k8s/kustomization.yml': kustomization('newTag: 1.0.1').replace(
        '- name:',
        '- name: backend\n  newName:',
      ),
      'k8s/argocd.yml': application('backend=ghcr.io/acme/api:1.0.2'),
    });
    expect([checked, problems]).toEqual([2, ['k8s/kustomization.yml:5:11 REFERENCE_HIDDEN error']]);
  });
});

describe('imagePullPolicy', () => {
  it.each([
    ['latest', '', false],
    ['latest', 'IfNotPresent', true],
    ['latest', 'Never', true],
    ['main', '', true],
    ['main', 'Always', false],
    ['1.2', '', true],
    ['1.2.3', '', false],
    ['main-bcae089', 'IfNotPresent', false],
    [`main@${digest}`, 'IfNotPresent', false],
  ])('of the tag %s: %j is warned of: %s', async (tag, policy, isWarned) => {
    const { problems } = await check({ 'k8s/api.yml': container(`ghcr.io/acme/api:${tag}`, policy) });
    expect(problems).toEqual(isWarned ? ['k8s/api.yml:4:12 ADVICE warning'] : []);
  });
});

it('lists what it does not judge', async () => {
  const { listed, problems } = await check({
    'k8s/api.yml': `${container('postgres:17')}  - image: other.io/acme/api:1\n  - image: ghcr.io/acme/api:$TAG\n`,
    'k8s/chart/Chart.yaml': 'name: chart\n',
    'k8s/chart/templates/pod.yaml': '{{ if .Values.on }}\n  - image: "ghcr.io/acme/api:1" # why\n{{ end }}\n',
    'k8s/broken.yml': 'image: "postgres\n',
    'k8s/patch.yml': 'patch: |-\n  - image: postgres\n  - image: ghcr.io/acme/api:2\n',
  });
  expect(problems).toEqual([]);
  expect(listed).toEqual([
    ['k8s/api.yml:4', 'postgres:17', undefined],
    ['k8s/api.yml:5', 'other.io/acme/api:1', "not the workspace's ghcr.io/acme/api"],
    ['k8s/api.yml:6', 'ghcr.io/acme/api:$TAG', 'a program fills it in'],
    ['k8s/patch.yml:3', 'ghcr.io/acme/api:2', 'text in a block scalar is never edited'],
    ['k8s/chart/templates/pod.yaml:2', 'ghcr.io/acme/api:1', 'templates are never edited'],
  ]);
});

it('reports a file of ours that cannot be parsed', async () => {
  const { problems } = await check({ 'k8s/broken.yml': 'image: ghcr.io/acme/api: 1\n' });
  expect(problems).toEqual(['k8s/broken.yml:1:8 MANIFEST_INVALID error']);
});

describe('a port that EXPOSE names', () => {
  const pod = (body: string, kind = 'Deployment') => `kind: ${kind}\nspec:\n  template:\n    spec:\n${body}`;
  const service = (...lines: string[]) =>
    `      containers:\n${['- name: api', '  image: ghcr.io/acme/api:1.2.3', ...lines].map((line) => `      ${line}\n`).join('')}`;
  const exposing = (text: string) => ({ 'api/Dockerfile': `FROM scratch\n${text}\n` });
  const warned = (line: number) => [`k8s/api.yml:${line}:16 ADVICE warning`];

  it.each<[string, string, string, string[]]>([
    ['is named by no container', 'EXPOSE 3000', service(), warned(7)],
    ['is named', 'EXPOSE 3000', service('  ports: [{containerPort: 3000}]'), []],
    ['is another one', 'EXPOSE 3000', service('  ports: [{containerPort: 8080}]'), warned(7)],
    ['is of another protocol', 'EXPOSE 53/udp', service('  ports: [{containerPort: 53}]'), warned(7)],
    ['is of this protocol', 'EXPOSE 53/udp', service('  ports: [{containerPort: 53, protocol: UDP}]'), []],
    ['is one of a range', 'EXPOSE 8000-8010', service('  ports: [{containerPort: 8003}]'), []],
    ['is not in the range', 'EXPOSE 8000-8010', service('  ports: [{containerPort: 8011}]'), warned(7)],
    ['is filled in', 'EXPOSE 3000', service('  ports: [{containerPort: $(PORT)}]'), []],
    ['is not exposed', 'RUN true', service(), []],
    ['is in a variable', 'ENV PORT=3000\nEXPOSE $PORT', service(), warned(7)],
    ['is not known', 'EXPOSE $PORT', service(), []],
    [
      'is of an ignored image',
      'EXPOSE 3000',
      service().replace('api:1.2.3', 'api:1.2.3 # moltbook-docker: ignore'),
      [],
    ],
  ])('%s', async (_, dockerfile, body, problems) => {
    const files = { ...exposing(dockerfile), 'k8s/api.yml': pod(body) };
    expect((await check(files)).problems).toEqual(problems);
  });

  it.each(['Job', 'CronJob', 'ScaledJob'])('does not matter in a %s', async (kind) => {
    const text = pod(service(), kind);
    expect((await check({ ...exposing('EXPOSE 3000'), 'k8s/api.yml': text })).problems).toEqual([]);
  });

  it('does not matter in an init container, and in a list each object counts by its own kind', async () => {
    const init = pod(service().replace('containers', 'initContainers'));
    expect((await check({ ...exposing('EXPOSE 3000'), 'k8s/api.yml': init })).problems).toEqual([]);
    const item = (kind: string) =>
      `- kind: ${kind}\n  spec: {containers: [{image: ghcr.io/acme/api:1.2.3}]}\n`;
    const list = `kind: List\nitems:\n${item('Job')}${item('Rollout')}`;
    expect((await check({ ...exposing('EXPOSE 3000'), 'k8s/api.yml': list })).problems).toEqual([
      'k8s/api.yml:6:31 ADVICE warning',
    ]);
  });

  it.each([
    ['another object', pod(service('  ports: [{containerPort: 3000}]'), 'StatefulSet')],
    ['a patch', pod('      containers: [{name: api, ports: [{containerPort: 3000}]}]')],
    [
      'a JSON patch',
      '- {op: add, path: /spec/template/spec/containers/0/ports, value: [{containerPort: 3000}]}',
    ],
    [
      'a JSON patch of one',
      '- {op: replace, path: /spec/template/spec/containers/0/ports/0/containerPort, value: 3000}',
    ],
    [
      'a patch that is a text',
      'patches:\n- patch: |-\n    - {op: add, path: /x, value: [{containerPort: 3000}]}\n',
    ],
    ['a folder that is not asked for', pod(service('  ports: [{containerPort: 3000}]'))],
  ])('may be named by %s', async (where, text) => {
    const path = where.startsWith('a folder') ? 'elsewhere/other.yml' : 'k8s/other.yml';
    const options = { ...plugin.options, kubernetes: { paths: ['k8s', 'elsewhere'] } };
    const nxJson = JSON.stringify({ plugins: [{ ...plugin, options }] });
    const files = {
      ...exposing('EXPOSE 3000'),
      'nx.json': nxJson,
      'k8s/api.yml': pod(service()),
      'elsewhere/x.yml': '',
    };
    expect((await check(files)).problems).toEqual(warned(7));
    expect((await check({ ...files, [path]: text })).problems).toEqual([]);
  });

  it('is asked of the image that a kustomization puts in', async () => {
    const files = {
      ...exposing('EXPOSE 3000'),
      'k8s/api.yml': pod(service()).replace('ghcr.io/acme/api:1.2.3', 'backend'),
      'k8s/kustomization.yml': kustomization('newTag: 1.2.3').replace(
        '- name:',
        '- name: backend\n  newName:',
      ),
    };
    expect((await check(files)).problems).toEqual(['k8s/api.yml:7:16 ADVICE warning']);
  });
});

it('judges the given paths by all manifests of nx.json', async () => {
  const options = { ...plugin.options, kubernetes: { paths: ['k8s', 'argocd'] } };
  const { problems, checked } = await check({
    'nx.json': JSON.stringify({ plugins: [{ ...plugin, options }] }),
    'k8s/api.yml': container('ghcr.io/acme/api:1.0.0'),
    'argocd/app.yml': application('ghcr.io/acme/api:1.0.2'),
    'argocd/latest.yml': container('ghcr.io/acme/api:latest', 'Never'),
  });
  expect([checked, problems]).toEqual([1, ['k8s/api.yml:4:12 REFERENCE_HIDDEN error']]);
});
