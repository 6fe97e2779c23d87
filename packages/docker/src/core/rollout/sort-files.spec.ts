import { sortFiles } from './sort-files.js';

const base = ['base/kustomization.yml', 'base/api.yml', 'base/unused.yml'];
const overlays = ['production', 'staging'].flatMap((name) => [
  `${name}/kustomization.yml`,
  `${name}/patch.yml`,
]);
const overlay = 'resources: [../base]\npatches: [{path: patch.yml}]\n';
const texts = new Map([
  ['base/kustomization.yml', 'resources: [api.yml]\n'],
  ['production/kustomization.yml', overlay],
  ['staging/kustomization.yml', overlay],
  ['extra/kustomization.yml', 'kind: Component\npatches: [{path: patch.yml}]\n'],
]);

it.each([
  ['all files', [...base, ...overlays], ['production/kustomization.yml', 'staging/kustomization.yml'], []],
  ['one overlay', overlays.slice(0, 2), ['production/kustomization.yml'], []],
  ['the base alone', base, ['base/kustomization.yml'], []],
  ['a file that a kustomization elsewhere takes', ['base/api.yml'], [], ['base/api.yml']],
  ['plain files', ['plain/api.yml', 'plain/web.json'], [], ['plain/api.yml', 'plain/web.json']],
  ['both', ['plain/api.yml', ...base], ['base/kustomization.yml'], ['plain/api.yml']],
  ['a component', ['extra/kustomization.yml', 'extra/patch.yml'], [], []],
  [
    'a folder whose name starts alike',
    [...base, 'base-2/api.yml'],
    ['base/kustomization.yml'],
    ['base-2/api.yml'],
  ],
])('%s', (_, files, built, plain) => expect(sortFiles(files, texts)).toEqual({ built, plain }));
