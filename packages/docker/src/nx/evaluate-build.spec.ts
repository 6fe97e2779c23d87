import { buildPlaces, evaluateBuild } from './evaluate-build.js';

const task = { projectName: 'api', projectRoot: 'api', targetName: 'docker-build' };

function evaluate(dockerfile: string, ignore?: string) {
  const texts: Record<string, string | undefined> = { 'api/Dockerfile': dockerfile, '.dockerignore': ignore };
  const options = { dockerfile: 'api/Dockerfile', buildContext: '.', image: 'acme/api' };
  return evaluateBuild(options, task, (path) => texts[path]);
}

it('evaluates an image from the options of its executor alone', () => {
  expect(evaluate('FROM scratch\nCOPY api /\n', '*.md')).toMatchObject({
    image: 'acme/api',
    buildContext: '.',
    mainContext: { folder: '.', ignoreFile: { path: '.dockerignore', text: '*.md' } },
    evaluation: { reads: [{ path: 'api' }] },
    problems: [],
  });
});

it('says that a Dockerfile cannot be read', () => {
  const options = { dockerfile: 'api/Dockerfile', buildContext: '.', image: 'acme/api' };
  const { problems } = evaluateBuild(options, task, () => undefined);
  expect(problems).toContainEqual(expect.objectContaining({ code: 'FILE_UNREADABLE', severity: 'error' }));
});

it('knows where the files of a build can be', () => {
  const places = buildPlaces(
    evaluate('FROM scratch\nCOPY api package*.json /x/\n', 'node_modules\napi/dist'),
  );
  expect(places.paths).toEqual(['api', 'package*.json']);
  expect(['api/dist', 'node_modules', 'api/src'].map((folder) => places.skip(folder))).toEqual([
    true,
    true,
    false,
  ]);
});

it('takes the name of a mounted folder as it is, brackets and stars included', () => {
  const mounts = 'FROM scratch\nRUN --mount=target=/m,source=src/[slug] --mount=target=/n,source=a*b/c x\n';
  expect(buildPlaces(evaluate(mounts)).paths).toEqual(['src', '.']);
});
