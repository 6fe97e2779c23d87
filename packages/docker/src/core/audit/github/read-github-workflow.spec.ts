import { wouldBuild } from '../filtered-workflow.js';
import { longSha, unknownPart } from '../known-parts.js';
import { readGithubWorkflow } from './read-github-workflow.js';

const file = '.github/workflows/images.yml';

function read(text: string, files: Readonly<Record<string, string>> = {}) {
  return readGithubWorkflow(file, text, {
    readText: (path) => files[path],
    facts: { repository: 'Acme/shop' },
  });
}

const head = 'on: {push: {branches: [main], paths: [api/**]}}\njobs:\n';

function inJob(steps: string, more = ''): string {
  const lines = steps.trim().split('\n');
  return `${head}  api:\n${more}    steps:\n${lines.map((line) => `      ${line}\n`).join('')}`;
}

it.each<[string, string, object]>([
  [
    'the defaults of the action',
    '- uses: docker/build-push-action@v6',
    { context: '.', dockerfile: 'Dockerfile' },
  ],
  [
    'a context',
    '- uses: docker/build-push-action@v6\n  with: {context: ./api/, target: run, build-args: "A=1\\nB=${{ secrets.B }}"}',
    { context: 'api', dockerfile: 'api/Dockerfile', target: 'run', buildArgs: { A: '1' } },
  ],
  [
    'a folder of the default context',
    '- uses: docker/build-push-action@v6\n  with: {context: "{{defaultContext}}:api", file: a.Dockerfile}',
    { context: 'api', dockerfile: 'api/a.Dockerfile' },
  ],
  [
    'a file and named contexts',
    '- uses: docker/build-push-action@v6\n  with: {context: ., file: api/Dockerfile, build-contexts: "libs=./libs\\nnode=docker-image://node"}',
    {
      context: '.',
      dockerfile: 'api/Dockerfile',
      namedContexts: { libs: 'libs', node: 'docker-image://node' },
    },
  ],
  [
    'a checkout elsewhere',
    '- uses: actions/checkout@v4\n  with: {path: src}\n- uses: docker/build-push-action@v6\n  with: {context: src/api}',
    { context: 'api' },
  ],
  [
    'a command',
    '- run: docker build -t a/b:1 -f api/Dockerfile .',
    { context: '.', dockerfile: 'api/Dockerfile', references: ['a/b:1'] },
  ],
  [
    'a command in a folder',
    '- run: docker build .\n  working-directory: ./api',
    { context: 'api', dockerfile: 'api/Dockerfile' },
  ],
  [
    'a bake action',
    '- uses: docker/bake-action@v6\n  with: {files: docker-bake.hcl, targets: "api,web"}',
    { declared: { kind: 'bake', files: ['docker-bake.hcl'], names: ['api', 'web'] } },
  ],
  [
    'variables',
    '- uses: docker/build-push-action@v6\n  env: {NAME: api}\n  with: {tags: "ghcr.io/${{ github.repository }}/${{ env.NAME }}:${{ github.sha }}"}',
    { references: [`ghcr.io/Acme/shop/api:${longSha}`] },
  ],
  [
    'the tags of a metadata step',
    '- id: meta\n  uses: docker/metadata-action@v5\n  with: {images: ghcr.io/acme/api}\n- uses: docker/build-push-action@v6\n  with: {tags: "${{ steps.meta.outputs.tags }}"}',
    { references: [`ghcr.io/acme/api:${unknownPart}`] },
  ],
])('reads %s', (_, steps, expected) => expect(read(inJob(steps)).builds).toMatchObject([expected]));

it.each([
  ['a URL', 'https://github.com/acme/other.git'],
  ['a folder outside', '../other'],
  ['a secret', '${{ secrets.PATH }}'],
])('takes no context from %s', (_, context) => {
  const [build] = read(inJob(`- uses: docker/build-push-action@v6\n  with: {context: "${context}"}`)).builds;
  expect(build).not.toHaveProperty('context');
  expect(build).not.toHaveProperty('dockerfile');
});

it('makes a build of each row of a matrix', () => {
  const matrix =
    '    strategy:\n      matrix:\n        service: [api, web]\n        include: [{service: api, folder: services/api}, {service: web, folder: web}]\n';
  const steps =
    '- uses: docker/build-push-action@v6\n  with: {context: "${{ matrix.folder }}", tags: "acme/${{ matrix.service }}"}';
  expect(read(inJob(steps, matrix)).builds).toMatchObject([
    { context: 'services/api', references: ['acme/api'], row: 'service=api, folder=services/api' },
    { context: 'web', references: ['acme/web'] },
  ]);
});

const changes = `  changes:
    outputs:
      api: \${{ steps.filter.outputs.api }}
      all: \${{ steps.filter.outputs.changes }}
    steps:
      - id: filter
        uses: dorny/paths-filter@v3
        with:
          filters: |
            api:
              - 'api/**'
              - added|modified: libs/**
            web: web/**
`;

it('connects jobs with the filters that they ask for', () => {
  const [build] = read(`on: push\njobs:\n${changes}  api:
    needs: changes
    if: needs.changes.outputs.api == 'true'
    steps: [{run: docker build api}]
`).builds;
  expect(build?.lists.map(({ name, place }) => [name, place.line])).toEqual([['the filter api', 12]]);
  expect(build?.lists[0]?.items.map(({ pattern, statuses }) => [pattern, statuses])).toEqual([
    ['api/**', undefined],
    ['libs/**', ['added', 'modified']],
  ]);
  const decide = (path: string) =>
    build && wouldBuild(build.workflow, { event: 'push', branch: 'main', files: [path] });
  expect(decide('api/a')).toEqual({ runs: true, because: 'api/a matches the filter api' });
  expect(decide('web/a')?.runs).toBe(false);
});

it('connects a matrix that is made of the filters', () => {
  const { builds } = read(`on: push\njobs:\n${changes}  image:
    needs: changes
    strategy: {matrix: {name: "\${{ fromJSON(needs.changes.outputs.all) }}"}}
    steps: [{run: "docker build \${{ matrix.name }}"}]
`);
  expect(builds.map(({ context, lists }) => [context, lists.map(({ name }) => name)])).toEqual([
    ['api', ['the filter api']],
    ['web', ['the filter web']],
  ]);
  const decisions = builds.map(({ workflow }) =>
    wouldBuild(workflow, { event: 'push', branch: 'main', files: ['web/a'] }),
  );
  expect(decisions.map(({ runs }) => runs)).toEqual([false, true]);
});

it('follows reusable workflows and actions of the repository', () => {
  const workflow =
    'on: {workflow_call: {inputs: {folder: {default: x}, name: {default: shop}}}}\njobs:\n  image:\n    steps:\n      - uses: ./.github/actions/build\n        with: {folder: "${{ inputs.folder }}", tag: "${{ inputs.name }}"}\n';
  const action =
    'inputs: {folder: {}, tag: {}}\nruns:\n  steps:\n    - uses: docker/build-push-action@v6\n      with: {context: "${{ inputs.folder }}", tags: "${{ inputs.tag }}"}\n';
  const files = { '.github/workflows/one.yml': workflow, '.github/actions/build/action.yml': action };
  const caller = `${head}  api:\n    uses: ./.github/workflows/one.yml\n    with: {folder: api}\n`;
  const [build, ...others] = read(caller, files).builds;
  expect(others).toEqual([]);
  expect(build).toMatchObject({
    context: 'api',
    references: ['shop'],
    place: { file: '.github/actions/build/action.yml', line: 4 },
    workflow: { file, triggers: [{ event: 'push', paths: ['api/**'] }] },
  });
  expect(read(workflow, files).builds).toEqual([]);
});

it('does not run a job where one that it needs is skipped', () => {
  const { builds } = read(`on: push\njobs:
  gate: {if: "github.event_name == 'schedule'", steps: []}
  a: {needs: gate, steps: [{run: docker build a}]}
  b: {needs: [gate], if: "!cancelled()", steps: [{run: docker build b}]}
`);
  expect(
    builds.map(({ workflow }) => wouldBuild(workflow, { event: 'push', branch: 'x', files: ['a'] }).runs),
  ).toEqual([false, true]);
});

it.each([
  '',
  'on',
  'jobs: [a]',
  'a: [',
  'on: push\njobs: {a: {steps: [x, {uses: 1}]}}',
  'on: {push: {paths: }}',
])('takes nothing from %j, and does not throw', (text) => expect(read(text).builds).toEqual([]));
