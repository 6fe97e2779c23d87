import { temporaryWorkspace } from '../../testing/temporary-workspace.js';
import { checkTargets } from './check-targets.js';
import { openWorkspace } from './open-workspace.js';

const image = {
  projectName: 'api',
  projectRoot: 'apps/api',
  targetName: 'docker-build',
  dockerfilePath: 'apps/api/Dockerfile',
  image: 'ghcr.io/acme/api',
  options: {},
  problems: [],
};
const project = (name: string) => JSON.stringify({ name });

async function targets(files: Record<string, string>, paths: string[]) {
  const workspace = await openWorkspace(temporaryWorkspace({ 'package.json': '{}', ...files }));
  return checkTargets({ workspace, paths, images: [image] });
}

/** Paths that each project checks. */
async function owners(files: Record<string, string>, paths: string[]) {
  const found = await targets(files, paths);
  return Object.fromEntries(
    found.map(({ projectName, projectRoot, target }) => [
      `${projectName} ${projectRoot}`,
      target.options?.paths,
    ]),
  );
}

const apps = {
  'apps/api/project.json': project('api'),
  'apps/api/k8s/api.yml': '',
  'apps/api/assets.json': '{}',
  'apps/web/package.json': project('web'),
  'apps/web/k8s/web.yaml': '',
  'apps/lib/project.json': project('lib'),
  'apps/lib/data.json': '{}',
};

it.each<[string, Record<string, string>, string[], Record<string, string[]>]>([
  [
    'of a folder',
    { 'k8s/project.json': project('k8s'), 'k8s/a.yml': '' },
    ['./k8s/'],
    { 'k8s k8s': ['k8s'] },
  ],
  [
    'above a folder',
    { 'ops/package.json': project('ops'), 'ops/k8s/a.yml': '' },
    ['ops/k8s'],
    { 'ops ops': ['ops/k8s'] },
  ],
  [
    'of a file',
    { 'ops/project.json': project('ops'), 'ops/a.yml': '' },
    ['ops/a.yml'],
    { 'ops ops': ['ops/a.yml'] },
  ],
  [
    'of a glob',
    { 'ops/project.json': project('ops'), 'ops/k/a.yml': '' },
    ['ops/**/*.yml'],
    { 'ops ops': ['ops/**/*.yml'] },
  ],
  [
    'of several paths once',
    apps,
    ['apps/api/k8s', 'apps/api/k8s/api.yml'],
    { 'api apps/api': ['apps/api/k8s', 'apps/api/k8s/api.yml'] },
  ],
  [
    'below a folder of no project',
    apps,
    ['apps'],
    { 'api apps/api': ['apps/api'], 'web apps/web': ['apps/web'] },
  ],
  [
    'below a glob of no project',
    apps,
    ['apps/*/k8s/*.{yml,yaml}'],
    { 'api apps/api': ['apps/api/k8s/api.yml'], 'web apps/web': ['apps/web/k8s/web.yaml'] },
  ],
  ['of a path that is nowhere yet', apps, ['apps/api/later'], { 'api apps/api': ['apps/api/later'] }],
  [
    'nearest to the manifests',
    { ...apps, 'k8s/a.yml': '', 'project.json': project('root') },
    ['k8s'],
    { 'root .': ['k8s'] },
  ],
  [
    'but the root that nobody made one',
    { 'k8s/a.yml': '', 'package.json': '{"devDependencies":{"nx":"1"}}' },
    ['k8s', '.'],
    {},
  ],
  [
    'and the root that is one',
    { 'k8s/a.yml': '', 'package.json': '{"name":"all","nx":{}}' },
    ['k8s'],
    { 'all .': ['k8s'] },
  ],
])('has a check for the project %s', async (_, files, paths, expected) =>
  expect(await owners(files, paths)).toEqual(expected),
);

it('reads all that the check reads', async () => {
  const files = { 'ops/project.json': project('ops'), 'ops/k8s/(a)/a.yml': '', 'argocd/app.yml': '' };
  const [found] = await targets(files, ['ops/k8s', 'argocd/app.yml', 'charts/*/values.yaml']);
  expect(found?.target).toMatchObject({ executor: '@moltbook/docker:check', cache: true, outputs: [] });
  expect(found?.target.inputs).toEqual([
    '{projectRoot}/k8s/**/*',
    '{workspaceRoot}/argocd/app.yml',
    '{workspaceRoot}/nx.json',
    '{workspaceRoot}/apps/api/Dockerfile',
    '{workspaceRoot}/apps/api/project.json',
    '{workspaceRoot}/apps/api/package.json',
    '{workspaceRoot}/**/kustomization.y*ml',
    '{workspaceRoot}/**/Kustomization',
    '{workspaceRoot}/**/Chart.y*ml',
    '{workspaceRoot}/**/docker-bake.*',
    '{workspaceRoot}/**/compose.y*ml',
    '{workspaceRoot}/**/docker-compose.y*ml',
    '{workspaceRoot}/charts/*/values.yaml',
  ]);
});

it('reads every Dockerfile where another entry of the plugin has images', async () => {
  const workspace = await openWorkspace(temporaryWorkspace({ 'k8s/project.json': project('k8s') }));
  const [found] = checkTargets({ workspace, paths: ['k8s'], images: [], hasOthers: true });
  expect(found?.target.inputs).toEqual(
    expect.arrayContaining(['{workspaceRoot}/**/Dockerfile*', '{workspaceRoot}/**/project.json']),
  );
});
