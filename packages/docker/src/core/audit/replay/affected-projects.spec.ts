import { affectedProjects } from './affected-projects.js';

const projects = [
  { root: 'libs/core', name: '@acme/core', dependencies: [] },
  { root: 'libs/ui', name: 'ui', dependencies: ['@acme/core'] },
  { root: 'apps/web', name: 'web', dependencies: ['ui', 'react'] },
  { root: 'apps/web/e2e', name: 'web-e2e', dependencies: [] },
  { root: 'apps/api', name: 'api', dependencies: [] },
];

it.each<[string[], string[]]>([
  [['apps/api/src/main.ts'], ['apps/api']],
  [['libs/core/index.ts'], ['apps/web', 'libs/core', 'libs/ui']],
  [['apps/web/e2e/x.ts'], ['apps/web/e2e']],
  [['apps/apiary/x'], []],
  [['README.md', 'shared/x'], []],
  [[], []],
  [['nx.json'], projects.map(({ root }) => root).sort()],
  [['README.md', 'pnpm-lock.yaml'], projects.map(({ root }) => root).sort()],
])('%j affects %j', (paths, roots) => expect([...affectedProjects(projects, paths)].sort()).toEqual(roots));
