import { evaluateBuild } from './evaluate-build.js';
import { type DiskFacts, reportImage, type SizedFile } from './report-image.js';
import type { WorkspaceImage } from './workspace-images.js';

const file = (path: string, size: number): SizedFile => ({ path, size });

function workspaceImage(dockerfile: string, more: Partial<WorkspaceImage> = {}): WorkspaceImage {
  const options = { dockerfile: 'api/Dockerfile', buildContext: '.', image: 'ghcr.io/acme/api' };
  const task = { projectName: 'api', projectRoot: 'api', targetName: 'docker-build' };
  const image = evaluateBuild(options, task, (path) => (path === 'api/Dockerfile' ? dockerfile : undefined));
  return {
    image,
    bases: [],
    producers: [],
    inputs: { positive: [], negative: [] },
    problems: image.problems,
    ...more,
  };
}

function report(dockerfile: string, disk: Partial<DiskFacts> = {}, more: Partial<WorkspaceImage> = {}) {
  const facts = { read: [], context: [], workspace: [], unreadIgnoreFiles: [], ...disk };
  return reportImage(workspaceImage(dockerfile, more), facts);
}

it('counts the files and bytes of each source and of all, each file once', () => {
  const read = [file('api/Dockerfile', 70), file('api/src/a.js', 10), file('api/src/b.js', 5)];
  const { reads, files, bytes, buildContext } = report(
    'FROM scratch\nCOPY api/src /app/\nRUN --mount=type=bind,source=api/src/a.js,target=/a true\n',
    { read, context: [...read, file('README.md', 100)] },
  );
  expect(reads).toEqual([
    {
      place: 'api/Dockerfile:2',
      kind: 'COPY',
      source: 'api/src',
      context: null,
      files: 2,
      bytes: 15,
      widened: null,
    },
    expect.objectContaining({ place: 'api/Dockerfile:3', kind: 'RUN --mount', files: 1, bytes: 10 }),
  ]);
  expect([files.length, bytes]).toEqual([3, 85]);
  expect(buildContext).toMatchObject({ files: 4, bytes: 185, ignoreFile: null });
  expect(files.find(({ path }) => path === 'api/src/a.js')).toEqual({
    path: 'api/src/a.js',
    bytes: 10,
    mode: 'file',
    role: null,
    readBy: ['api/Dockerfile:2', 'api/Dockerfile:3'],
  });
});

it('shows which stages are built, which base images are of this workspace, and what is downloaded', () => {
  const base = workspaceImage('FROM scratch').image;
  const dockerfile = `FROM node:20 AS test
FROM acme/base AS app
ADD https://acme.com/x.tgz /x
COPY --from=node:20 /bin/node /bin/
`;
  const [use] = workspaceImage(dockerfile).image.evaluation.images;
  const bases = use ? [{ image: { ...base, projectName: 'base' }, uses: [use] }] : [];
  const { stages, baseImages, downloads } = report(dockerfile, {}, { bases });
  expect(stages).toEqual([
    { index: 0, name: 'test', base: 'node:20', isBuilt: false, isTarget: false },
    { index: 1, name: 'app', base: 'acme/base', isBuilt: true, isTarget: true },
  ]);
  expect(baseImages).toEqual([
    {
      imageRef: 'acme/base',
      uses: [{ how: 'FROM', place: 'api/Dockerfile:2' }],
      builtBy: 'base:docker-build',
    },
    { imageRef: 'node:20', uses: [{ how: 'COPY --from', place: 'api/Dockerfile:4' }], builtBy: null },
  ]);
  expect(downloads).toEqual([{ url: 'https://acme.com/x.tgz', isPinned: false, place: 'api/Dockerfile:3' }]);
});

it('lists errors before warnings, and both in source order', () => {
  const { problems } = report('FROM scratch\nCOPY missing /\nCOPY **/x /\nCPOY a /\n', {
    read: [file('a/x', 1)],
  });
  expect(problems.map(({ severity, place }) => `${severity} ${place?.line}`)).toEqual([
    'error 4',
    'warning 2',
    'warning 3',
  ]);
});

it('finds in the whole workspace what was meant by a source that is not there', () => {
  const { problems } = report('FROM scratch\nCOPY api/scr /\n', { workspace: ['api/src/a.js'] });
  expect(problems).toMatchObject([{ code: 'SOURCE_MISSING', fix: expect.stringContaining('write api/src') }]);
});
