import { longSha, shortSha, unknownPart } from '../known-parts.js';
import { findBuildCommand } from './find-build-command.js';
import { runScript } from './run-script.js';

function builds(script: string, env: Record<string, string> = {}) {
  return runScript(script, { env, folder: '.' }).flatMap((command) => {
    const build = findBuildCommand(command);
    return build ? [build] : [];
  });
}

it.each<[string, object, string[]]>([
  ['docker build -t a:1 -f api/Dockerfile .', { tag: ['a:1'], file: ['api/Dockerfile'] }, ['.']],
  ['docker buildx build --push --tag=a:1 --tag "a:$TAG" api', { tag: ['a:1', 'a:v1'] }, ['api']],
  ['sudo docker image build \\\n  --build-arg A=1 \\\n  ./api', { 'build-arg': ['A=1'] }, ['./api']],
  ['DOCKER_BUILDKIT=1 docker build -ta:1 -q - < x', { tag: ['a:1'] }, ['-']],
  ['if ! docker build . 2>&1 | tee log; then exit 1; fi', {}, ['.']],
  ['(cd api && podman build .)', {}, ['.']],
  ['buildah bud -f a.Dockerfile .', { file: ['a.Dockerfile'] }, ['.']],
  [
    '/kaniko/executor --context . --dockerfile api/Dockerfile --destination r/a:1',
    { context: ['.'], file: ['api/Dockerfile'], destination: ['r/a:1'] },
    [],
  ],
  ['docker buildx bake -f b.hcl api --push', { file: ['b.hcl'] }, ['api']],
  ['docker compose -f c.yml build --pull api', { file: ['c.yml'] }, ['api']],
  ['docker-compose up -d --build', {}, []],
  ["docker build -t 'a b' .  # docker build x", { tag: ['a b'] }, ['.']],
  ['docker build -t a:$(git rev-parse HEAD) .', { tag: [`a:${longSha}`] }, ['.']],
  ['docker build -t a:$(date +%s) .', { tag: [`a:${unknownPart}`] }, ['.']],
  ['T="${GITHUB_SHA::7}"; docker build -t "a:$T" .', { tag: [`a:${shortSha}`] }, ['.']],
  ['docker build -t a:${OTHER:-dev} -t b:${NONE} .', { tag: ['a:dev', `b:${unknownPart}`] }, ['.']],
])('%s', (script, options, names) => {
  const [build, ...others] = builds(script, { TAG: 'v1' });
  expect(others).toEqual([]);
  expect(build).toMatchObject({ options, names });
});

it.each([
  'docker push a',
  'echo "docker build ."',
  'cat <<EOF\ndocker build .\nEOF',
  '# docker build .',
  'docker compose up',
  'nx run api:build',
  'npx moltbook-docker lint',
  'nx affected -t build',
])('finds no build in %j', (script) => expect(builds(script)).toEqual([]));

it.each([
  ['npx nx affected -t lint,docker-build --base=x', []],
  ['pnpm exec nx run-many --targets=docker-build', []],
  ['nx run api:docker-build', ['api']],
  ['yarn nx docker-build-worker api', ['api']],
  ['npx --yes @moltbook/docker ci build --plan plan.json', []],
])('finds the tasks of %s', (script, names) => {
  expect(builds(script)).toMatchObject([{ tool: 'nx', names }]);
});

it('follows folders, assignments and loops', () => {
  const script =
    'REG=ghcr.io/acme\ncd services\nfor s in api web; do\n  docker build -t $REG/$s $s\ndone\ndocker build .';
  expect(
    builds(script).map(({ options, names, command }) => [options.tag, names, command.folder, command.line]),
  ).toEqual([
    [['ghcr.io/acme/api'], ['api'], './services', 4],
    [['ghcr.io/acme/web'], ['web'], './services', 4],
    [undefined, ['.'], './services', 6],
  ]);
});

it.each([
  ['if a; then X=1; else X=2; fi; docker build $X', [unknownPart]],
  ['X=1; if a; then X=1; fi; docker build $X', ['1']],
  ['if a; then X=1; docker build $X; fi', ['1']],
  ['if a; then cd x; fi\ndocker build .', ['.']],
  ['case $a in\n  b) X=1 ;;\n  *) X=2 ;;\nesac\ndocker build $X', [unknownPart]],
  ['docker build ${GITHUB_SHA::8}', [unknownPart]],
])('%j builds %j', (script, names) => expect(builds(script).flatMap((build) => build.names)).toEqual(names));
