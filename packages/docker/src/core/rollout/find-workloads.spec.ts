import { findWorkloads } from './find-workloads.js';

const known = new Set(['ghcr.io/acme/api', 'ghcr.io/acme/web']);
const find = (text: string) => findWorkloads(text, { file: 'k8s/all.yml', known });
const podSpec = (image: string) =>
  `template: {spec: {initContainers: [{name: init, image: ${image}}], containers: [{name: main, image: ${image}}, {name: other, image: nginx}]}}`;
const object = (kind: string, image = 'ghcr.io/acme/api:1.2.3', name = 'api') =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\nspec: {${podSpec(image)}}\n`;

it.each(['Deployment', 'StatefulSet', 'DaemonSet'])('finds a %s', (kind) => {
  const container = { reference: 'ghcr.io/acme/api:1.2.3', repository: 'ghcr.io/acme/api' };
  expect(find(object(kind))).toEqual({
    workloads: [
      {
        kind,
        name: 'api',
        namespace: 'shop',
        containers: [
          { name: 'init', ...container },
          { name: 'main', ...container },
        ],
      },
    ],
    unwatched: [],
    problems: [],
  });
});

it.each([
  ['images of others', object('Deployment', 'ghcr.io/acme/api-worker:1'), 0, []],
  ['several documents', `${object('Deployment')}---\n${object('DaemonSet')}`, 2, []],
  [
    'a list',
    `apiVersion: v1\nkind: List\nitems: [{apiVersion: apps/v1, kind: Deployment, metadata: {name: api}, spec: {${podSpec('ghcr.io/acme/web')}}}]\n`,
    1,
    [],
  ],
  [
    'JSON',
    '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"template":{"spec":{"containers":[{"name":"web","image":"ghcr.io/acme/web"}]}}}}',
    1,
    [],
  ],
  [
    'a CronJob',
    `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: report}\nspec: {jobTemplate: {spec: {${podSpec('ghcr.io/acme/api:1')}}}}\n`,
    0,
    ['cronjob/report'],
  ],
  [
    'a Pod',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: {containers: [{name: a, image: ghcr.io/acme/api}]}\n',
    0,
    ['pod/one'],
  ],
  [
    'a name that a program fills in',
    object('Deployment', undefined, '"{{ .Release.Name }}"'),
    0,
    ['deployment/{{ .Release.Name }}'],
  ],
  [
    'a name that looks like an option',
    object('Deployment', undefined, '--kubeconfig=x'),
    0,
    ['deployment/--kubeconfig=x'],
  ],
  ['values', 'image: {repository: ghcr.io/acme/api, tag: "1"}\n', 0, []],
  [
    'an image that is a map',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, image: {x: 1}}]}}}\n',
    0,
    [],
  ],
  [
    'a bomb of aliases',
    `apiVersion: v1\nkind: Deployment\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]\n`,
    0,
    [],
  ],
])('%s', (_, text, count, unwatched) => {
  const found = find(text);
  expect([found.workloads.length, found.unwatched, found.problems]).toEqual([count, unwatched, []]);
});

it('has a problem for a text that cannot be parsed and may name an image', () => {
  expect(find('image: ghcr.io/acme/api: 1\n').problems[0]).toMatchObject({ code: 'MANIFEST_INVALID' });
  expect(find('image: nginx: 1\n').problems).toEqual([]);
});
