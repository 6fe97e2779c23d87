import { commit, git, temporaryRepository } from '../../../testing/temporary-repository.js';
import { findRepository } from './audit.js';
import { auditHistory } from './audit-history.js';

function workflow(image: string, paths: readonly string[]): string {
  return `on:
  push:
    branches: [main]
    paths: ${JSON.stringify(paths)}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: docker/build-push-action@v6
        with:
          context: .
          file: ${image}/Dockerfile
          push: true
          tags: ghcr.io/acme/${image}:latest
`;
}

const start = {
  'package.json': '{"name":"acme","workspaces":["api","web","shared"]}',
  'api/package.json': '{"name":"api","dependencies":{"shared":"*"}}',
  'api/Dockerfile': 'FROM scratch\nCOPY shared shared\nCOPY api api\n',
  'api/.dockerignore': '',
  '.dockerignore': '**/*.md\n',
  'web/package.json': '{"name":"web"}',
  'web/Dockerfile': 'FROM scratch\nCOPY web web\n',
  'shared/package.json': '{"name":"shared"}',
  'shared/index.js': '1',
  '.github/workflows/api.yml': workflow('api', ['api/**']),
  '.github/workflows/web.yml': workflow('web', ['web/**']),
};

/** Each entry is a commit; `null` deletes. The last but one mends the filter. */
const commits: readonly Readonly<Record<string, string | null>>[] = [
  { 'shared/index.js': '2' },
  { 'api/README.md': 'read me' },
  { 'web/index.html': '<p>' },
  { 'shared/index.js': '3' },
  { '.github/workflows/api.yml': workflow('api', ['api/**', 'shared/**']) },
  { 'shared/index.js': null, 'shared/main.js': '4' },
];

function repository(): string {
  const root = temporaryRepository(start);
  git(root, 'tag', 'start');
  for (const files of commits) commit(root, files);
  return root;
}

it('tells exactly what the filters of each time missed and wasted', async () => {
  const { commits: replayed, images } = await auditHistory(await findRepository(repository()), 'start');
  const numberOf = (id: string): number => replayed.findIndex((each) => each.commit === id) + 1;
  const told = images.map(({ id, changes, filters, projects }) => ({
    id,
    changes,
    filters: filters?.timeline,
    missed: filters?.missed.map((miss) => `${numberOf(miss.commit)}: ${miss.reason}`),
    projects: projects.timeline,
  }));
  expect(told).toEqual([
    {
      id: 'api:docker-build',
      changes: 3,
      // The filter builds for a file that the ignore file keeps out, which heals what it missed before.
      filters: 'mb.msb',
      missed: ['1: shared/index.js changed', '4: shared/index.js changed'],
      projects: 'bw.b.b',
    },
    { id: 'web:docker-build', changes: 1, filters: '..b...', missed: [], projects: '..b...' },
  ]);
});

it('says where there is no such commit', async () => {
  const found = await findRepository(repository());
  await expect(auditHistory(found, 'nowhere')).rejects.toThrow('GIT_FAILED');
});
