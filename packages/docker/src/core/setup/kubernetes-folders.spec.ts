import { kubernetesFolders } from './kubernetes-folders.js';

it.each<[string, string[], string[], string[], string[]]>([
  ['one folder', ['k8s/api/deployment.yml*', 'k8s/kustomization.yml'], ['k8s/README.md'], ['k8s'], []],
  [
    'overlays',
    ['deploy/k8s/base/d.yml*', 'deploy/k8s/overlays/prod/kustomization.yml'],
    ['deploy/run.js'],
    ['deploy/k8s'],
    [],
  ],
  [
    'a folder in each project',
    ['api/k8s/d.yml*', 'web/k8s/d.yml*'],
    ['api/src/a.js', 'web/src/a.js'],
    ['api/k8s', 'web/k8s'],
    [],
  ],
  ['manifests without images', ['k8s/d.yml*', 'infra/db.yml'], [], ['k8s'], ['infra']],
  ['a manifest in the root', ['deployment.yml*'], ['src/a.js'], ['deployment.yml'], []],
  ['a project beside manifests', ['apps/api/deployment.yml*'], ['apps/api/package.json'], ['apps/api'], []],
  ['none', [], ['src/a.js'], [], []],
])('finds %s', (_, manifests, others, folders, withoutImages) => {
  const files = manifests.map((text) => ({ path: text.replace('*', ''), namesImage: text.endsWith('*') }));
  const paths = [...files.map(({ path }) => path), ...others];
  expect(kubernetesFolders(files, paths)).toEqual({ folders, withoutImages });
});
