import { findImages } from './find-images.js';

/** Fields as `layer kind form path repository reference`. */
function fieldsOf(text: string, file = 'file.yml'): string[] {
  return findImages(text, { file }).fields.map(
    ({ layer, kind, form, path, repository, reference, unmanaged }) =>
      [layer, kind, form, path, repository, reference, unmanaged].filter(Boolean).join(' '),
  );
}

describe('findImages', () => {
  it('gives offsets, place, layer and kind', () => {
    const text = '\uFEFF# 🐳\r\nkind: Pod\r\nspec: {image: "node:20", imagePullPolicy: Never} # why\r\n';
    const { fields, problems } = findImages(text, { file: 'pod.yml' });
    expect(problems).toEqual([]);
    expect(fields).toMatchObject([
      {
        layer: 'manifest',
        kind: 'Pod',
        form: 'reference',
        document: 0,
        path: '/spec/image',
        place: { file: 'pod.yml', line: 3, column: 15 },
        repository: 'docker.io/library/node',
        reference: 'node:20',
        pullPolicy: 'Never',
      },
    ]);
    expect(fields.map(({ start, end }) => text.slice(start, end))).toEqual(['"node:20"']);
  });

  it.each([
    ['values.yml', 'image: node', 'values reference /image docker.io/library/node node'],
    [
      'a.yml',
      'services: {a: {image: node}}',
      'compose reference /services/a/image docker.io/library/node node',
    ],
    [
      'a.yml',
      'services: {a: {port: 1, image: node}, b: 1}',
      'values reference /services/a/image docker.io/library/node node',
    ],
    [
      'kustomization.yml',
      'images: [{name: a, newName: node}]',
      'kustomization Kustomization kustomize /images/0 docker.io/library/node node',
    ],
    ['a.yml', 'images: [{name: a, newName: node}]', 'values kustomize /images/0 docker.io/library/node node'],
    ['a.yml', 'images: [{name: a}]', undefined],
    [
      'a.yml',
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {images: [{name: node, newTag: "20"}]}',
      'application Kustomization kustomize /spec/images/0 docker.io/library/node node:20',
    ],
    [
      'a.yml',
      'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec: {template: {spec: {source: {kustomize: {images: [a=node:1]}}}}}',
      'application ApplicationSet override /spec/template/spec/source/kustomize/images/0 docker.io/library/node node:1',
    ],
    [
      'a.yml',
      'kind: X\nx/y~z: {image: node}',
      'manifest X reference /x~1y~0z/image docker.io/library/node node',
    ],
    [
      'a.yml',
      'cache: {repository: acme/cache, tag: 1.10}',
      'values map /cache docker.io/acme/cache acme/cache:1.10',
    ],
    ['a.yml', 'git: {repository: https://example.com/x.git, tag: v1}', undefined],
    ['a.yml', 'chart: {repository: acme/chart, version: 1}', undefined],
    ['a.yml', 'image: {type: string}', undefined],
    ['a.yml', 'image: not valid', undefined],
    ['a.yml', 'image: ""\nb: {image: }\nc: {image}', undefined],
    [
      'a.yml',
      'image: "{{ .Values.image }}"',
      'values reference /image {{ .Values.image }} a program fills it in',
    ],
    ['a.yml', 'image: {{ .Values.image }}', undefined],
    ['a.yml', '? [a, b]\n: {image: node}\n<<: *x', 'values reference //image docker.io/library/node node'],
    ['a.yml', 'just text', undefined],
    ['a.yml', '', undefined],
  ])('%s %j: %s', (file, text, field) => {
    expect(fieldsOf(text, file)).toEqual(field === undefined ? [] : [field]);
  });

  it('counts documents', () => {
    const { fields } = findImages('image: a\n---\n# none\n---\nimage: b\n');
    expect(fields.map(({ document, reference }) => [document, reference])).toEqual([
      [0, 'a'],
      [2, 'b'],
    ]);
  });

  it('names what a kustomization replaces', () => {
    const text = 'images: [{name: ghcr.io/a/b, newName: c.io/d, newTag: "1", digest: sha256:00}]';
    expect(findImages(text, { file: 'Kustomization' }).fields).toMatchObject([
      { replaces: 'ghcr.io/a/b', repository: 'c.io/d', reference: 'c.io/d:1@sha256:00' },
    ]);
  });

  it.each([
    ['a: [1', /^file.yml cannot be parsed: Flow sequence in block collection/],
    [`${'['.repeat(20_000)}`, /^file.yml cannot be parsed/],
    ['a: 1\n b: 2', /^file.yml cannot be parsed: /],
  ])('reports %j', (text, message) => {
    const { fields, problems } = findImages(text, { file: 'file.yml' });
    expect(fields).toEqual([]);
    expect(problems).toMatchObject([{ code: 'MANIFEST_INVALID', message: expect.stringMatching(message) }]);
  });

  it('warns of a comment that is about nothing', () => {
    const { problems } = findImages('a:\n  # moltbook-docker: api\n  - {}\nb: 1\n', { file: 'a.yml' });
    expect(problems).toMatchObject([
      { code: 'MANIFEST_UNEDITABLE', severity: 'warning', place: { file: 'a.yml', line: 2, column: 3 } },
    ]);
  });
});
