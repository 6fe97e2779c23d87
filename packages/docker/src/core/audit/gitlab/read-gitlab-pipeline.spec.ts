import { wouldBuild } from '../filtered-workflow.js';
import { longSha } from '../known-parts.js';
import { readGitlabPipeline } from './read-gitlab-pipeline.js';

function read(text: string, files: Readonly<Record<string, string>> = {}) {
  return readGitlabPipeline('.gitlab-ci.yml', text, {
    readText: (path) => files[path],
    paths: Object.keys(files),
  });
}

it('reads jobs with what they extend, and their rules', () => {
  const { builds, lists } = read(`variables: {REG: registry.example.com/acme}
.build:
  before_script: [cd services]
  script:
    - docker login
    - |
      docker build -t "$REG/$NAME:$CI_COMMIT_SHA" \\
        -f $NAME/Dockerfile .
api:
  extends: .build
  variables: {NAME: api}
  rules:
    - if: $CI_COMMIT_BRANCH == "main"
      changes:
        paths: [services/$NAME/**/*]
web:
  extends: [.build]
  variables: {NAME: web}
  only: {refs: [main], changes: [services/web/*]}
`);
  expect(builds).toMatchObject([
    { context: 'services', dockerfile: 'services/api/Dockerfile', place: { line: 7 } },
    { references: [`registry.example.com/acme/web:${longSha}`] },
  ]);
  expect(lists.map(({ name, layout, items }) => [name, layout, items[0]?.pattern])).toEqual([
    ['changes of the job api', 'flow', 'services/api/**/*'],
    ['changes of only of the job web', 'flow', 'services/web/*'],
  ]);
  const decide = (file: string, branch = 'main') =>
    builds.map(({ workflow }) => wouldBuild(workflow, { event: 'push', branch, files: [file] }).runs);
  expect(decide('services/api/a/b')).toEqual([true, false]);
  expect(decide('services/web/a')).toEqual([false, true]);
  expect(decide('services/web/a', 'next')).toEqual([false, false]);
});

it('takes local includes, the including file last', () => {
  const files = {
    'ci/api.yml': 'api:\n  script: docker build api\n  rules: [{changes: [api/*]}]\n',
    'ci/web.yml':
      '.rules: {rules: [{changes: [web/*]}]}\nweb: {script: [docker build web], rules: [!reference [.rules, rules]]}\n',
  };
  const { builds } = read(
    "include: [{local: '/ci/*.yml'}, {remote: 'https://x/y.yml'}]\napi: {script: [docker build other]}\n",
    files,
  );
  expect(builds.map(({ context, place, lists }) => [context, place.file, lists[0]?.place.file])).toEqual([
    ['other', '.gitlab-ci.yml', 'ci/api.yml'],
    ['web', 'ci/web.yml', 'ci/web.yml'],
  ]);
});

it('makes a build of each row of a matrix', () => {
  const { builds } = read(
    'images:\n  parallel: {matrix: [{NAME: [a, b]}]}\n  script: [docker build $NAME]\n',
  );
  expect(builds.map(({ context, row }) => [context, row])).toEqual([
    ['a', 'NAME=a'],
    ['b', 'NAME=b'],
  ]);
});

it.each([
  ['except', 'except: {changes: [docs/*]}', 'docs/a', false],
  ['except, another file', 'except: {changes: [docs/*]}', 'src/a', true],
  ['except of a ref', 'except: [main]', 'src/a', false],
  ['only of another ref', 'only: [tags]', 'src/a', false],
  [
    'rules of the pipeline',
    'script: [docker build .]\nworkflow: {rules: [{if: $CI_COMMIT_TAG}]}',
    'src/a',
    false,
  ],
])('understands %s', (_, text, file, expected) => {
  const job = text.startsWith('script') ? `api:\n  ${text}` : `api:\n  script: [docker build .]\n  ${text}`;
  const [build] = read(`${job}\n`).builds;
  expect(build && wouldBuild(build.workflow, { event: 'push', branch: 'main', files: [file] }).runs).toBe(
    expected,
  );
});

it.each([
  '',
  'a: [',
  '- a',
  'a: {extends: a, script: [docker build .], rules: [!reference [a, rules]]}',
  'a: {script: [!reference [a, script]]}',
])('does not throw for %j', (text) => expect(() => read(text)).not.toThrow());
