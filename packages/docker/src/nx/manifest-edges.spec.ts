import type { CreateDependenciesContext, ProjectConfiguration } from '@nx/devkit';
import { temporaryWorkspace } from '../../testing/temporary-workspace.js';
import { manifestEdges } from './manifest-edges.js';

const image = (name: string) => ({
  executor: '@moltbook/docker:build',
  options: { dockerfile: 'Dockerfile', image: `ghcr.io/acme/${name}` },
});
const projects: Record<string, Omit<ProjectConfiguration, 'root'>> = {
  api: { targets: { 'docker-build': image('api'), 'docker-build-worker': image('api-worker') } },
  web: { targets: { 'docker-build': image('web') } },
  k8s: {},
  other: { targets: { build: { executor: 'nx:run-commands', options: { image: 'ghcr.io/acme/other' } } } },
};

/** Edges as `source -> target by file`. The first folder of a path is its project, if there is one of that name. */
function edges(files: Record<string, string>, paths: readonly string[] = ['k8s']): string[] {
  const owned = (owner: string) =>
    Object.keys(files)
      .filter((file) => file.split('/')[0] === owner)
      .map((file) => ({ file, hash: '' }));
  const context = {
    projects,
    workspaceRoot: temporaryWorkspace(files),
    fileMap: {
      projectFileMap: Object.fromEntries(Object.keys(projects).map((owner) => [owner, owned(owner)])),
      nonProjectFiles: owned('loose'),
    },
  } as unknown as CreateDependenciesContext;
  return manifestEdges(context, paths).map((edge) => {
    const { source, target, type, sourceFile } = edge;
    expect(type).toBe('static');
    return `${source} -> ${target} by ${sourceFile}`;
  });
}

it.each<[string, Record<string, string>, string[], string[]]>([
  [
    'leads from the owner of a manifest to that of each image, once',
    { 'k8s/a.yml': 'image: ghcr.io/acme/web:1\nimage: ghcr.io/acme/web:2\nimage: ghcr.io/acme/api-worker\n' },
    ['k8s'],
    ['k8s -> web by k8s/a.yml', 'k8s -> api by k8s/a.yml'],
  ],
  [
    'takes kustomizations, values, JSON and templates',
    {
      'k8s/Kustomization': 'images: [{name: x, newName: ghcr.io/acme/web}]',
      'k8s/chart/Chart.yaml': 'name: chart',
      'k8s/chart/values.yaml': 'image: {registry: ghcr.io, repository: acme/api, tag: 1}',
      'k8s/chart/templates/pod.yaml': '{{ if .Values.on }}\nimage: ghcr.io/acme/web:1\n{{ end }}',
      'k8s/list.json': '{"image":"ghcr.io/acme/api"}',
    },
    ['k8s'],
    [
      'k8s -> web by k8s/Kustomization',
      'k8s -> api by k8s/chart/values.yaml',
      'k8s -> api by k8s/list.json',
      'k8s -> web by k8s/chart/templates/pod.yaml',
    ],
  ],
  [
    'follows a comment that names a project',
    { 'k8s/a.yml': 'version: 1.0.0 # moltbook-docker: web\n# moltbook-docker: ignore\n' },
    ['k8s'],
    ['k8s -> web by k8s/a.yml'],
  ],
  [
    'is none to the project itself, and none from files of no project',
    { 'web/k8s.yml': 'image: ghcr.io/acme/web', 'loose/a.yml': 'image: ghcr.io/acme/web' },
    ['.'],
    [],
  ],
  [
    'is none for targets and files of others',
    {
      'k8s/a.yml': 'image: ghcr.io/acme/other',
      'k8s/a.ts': 'ghcr.io/acme/web',
      'k8s/project.json': '"ghcr.io/acme/web"',
    },
    ['k8s'],
    [],
  ],
  [
    'is made for the given paths alone: files, folders and globs',
    Object.fromEntries(
      ['k8s/a.yml', 'k8s/b.yml', 'k8s/c/a.yml', 'k8s/d/a.yml', 'k8s/d/b.yaml'].map((path) => [
        path,
        'image: ghcr.io/acme/web',
      ]),
    ),
    ['./k8s/a.yml', 'k8s/c/', 'k8s/**/*.yaml', 'nowhere'],
    ['k8s -> web by k8s/a.yml', 'k8s -> web by k8s/c/a.yml', 'k8s -> web by k8s/d/b.yaml'],
  ],
])('an edge %s', (_, files, paths, expected) => expect(edges(files, paths)).toEqual(expected));

it('is none for a manifest that cannot be read', () => {
  const manifest = { file: 'k8s/a.yml', hash: '' };
  const context = {
    projects,
    workspaceRoot: '/nowhere',
    fileMap: { projectFileMap: { k8s: [manifest] }, nonProjectFiles: [] },
  } as unknown as CreateDependenciesContext;
  expect(manifestEdges(context, ['k8s'])).toEqual([]);
});
