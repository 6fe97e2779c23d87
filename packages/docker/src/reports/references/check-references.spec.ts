import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import type { PublishedRecord } from '../../core/build/published-record.js';
import { checkReferences } from './check-references.js';

const plugin = { plugin: '@moltbook/docker/plugin', options: { registry: 'ghcr.io/acme' } };
const api = {
  'nx.json': JSON.stringify({ plugins: [plugin] }),
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM scratch\n',
};
const digest = `sha256:${'ab'.repeat(32)}`;
const published = `ghcr.io/acme/api:main-bcae089@${digest}`;

const record: PublishedRecord = {
  version: 1,
  project: 'api',
  target: 'docker-build',
  image: 'ghcr.io/acme/api',
  imageRef: 'ghcr.io/acme/api:main-bcae089',
  tags: ['main-bcae089'],
  digest,
  pushed: true,
  platforms: [],
  duration: 1,
};

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
    expect((await check({ 'k8s/api.yml': container(image) }, [record])).problems).toEqual(problems);
  });

  it('that leaves its version to a kustomization is right', async () => {
    const files = {
      'k8s/api.yml': container('ghcr.io/acme/api'),
      'k8s/kustomization.yml': kustomization('newTag: main-bcae089', `digest: ${digest}`),
    };
    expect(await check(files, [record])).toEqual({ checked: 2, listed: [], problems: [] });
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
