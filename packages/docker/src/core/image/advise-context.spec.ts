import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { type AdviseContextOptions, adviseContext } from './advise-context.js';
import { evaluateDockerfile } from './evaluate-dockerfile.js';
import { indexFiles } from './file-index.js';
import { listBuildFiles } from './list-build-files.js';

function advise(source: string, paths: string[], more: Partial<AdviseContextOptions> = {}) {
  const dockerfile = parseDockerfile(`FROM scratch\n${source}\n`, { path: 'api/Dockerfile' });
  const evaluation = evaluateDockerfile(dockerfile);
  const mainContext = more.mainContext ?? { folder: '.' };
  const index = indexFiles(paths.map((path) => ({ path })));
  const { files } = listBuildFiles({ dockerfile, evaluation, buildContext: mainContext }, index);
  const context = { files: 1, bytes: 1 };
  return adviseContext({
    dockerfile,
    mainContext,
    evaluation,
    files,
    readBytes: 1,
    context,
    projectRoot: 'api',
    unreadIgnoreFiles: [],
    ...more,
  });
}

describe('adviseContext', () => {
  it('says which ignore file no build reads', () => {
    expect(advise('COPY api /', ['api/x'], { unreadIgnoreFiles: ['api/.dockerignore'] })).toMatchObject([
      {
        place: { file: 'api/.dockerignore', line: 1 },
        code: 'ADVICE',
        message:
          'no build reads api/.dockerignore: the build context of api/Dockerfile is the workspace root',
        fix: 'rename it to api/Dockerfile.dockerignore and write its patterns as seen from the workspace root',
      },
    ]);
  });

  it('does not say to rename it where the other one exists', () => {
    const mainContext = { folder: '.', ignoreFile: { path: 'api/Dockerfile.dockerignore', text: '' } };
    const [advice] = advise('COPY api /', ['api/x'], {
      mainContext,
      unreadIgnoreFiles: ['api/.dockerignore'],
    });
    expect(advice?.fix).toContain('api/Dockerfile.dockerignore, which is read, and delete it');
  });

  it.each([
    [{ folder: 'api' }, 'api/.dockerignore'],
    [{ folder: '.' }, 'web/.dockerignore'],
    [{ folder: '.' }, '.dockerignore'],
  ])('says nothing for context %j about %s', (mainContext, path) => {
    expect(advise('COPY x /', ['api/x', 'x'], { mainContext, unreadIgnoreFiles: [path] })).toEqual([]);
  });

  it('looks up to the root of the project', () => {
    const paths = ['a/b/.dockerignore', 'a/.dockerignore', '.dockerignore'];
    const dockerfile = parseDockerfile('FROM scratch\n', { path: 'a/b/Dockerfile' });
    const found = (projectRoot: string) =>
      advise('', [], { dockerfile, projectRoot, unreadIgnoreFiles: paths }).map(({ place }) => place?.file);
    expect(found('a/b')).toEqual(['a/b/.dockerignore']);
    expect(found('a')).toEqual(['a/b/.dockerignore', 'a/.dockerignore']);
  });

  it('warns of the whole workspace without an ignore file', () => {
    expect(advise('COPY . /', ['x'])).toMatchObject([{ place: { line: 2 }, sourceLine: 'COPY . /' }]);
    const ignoreFile = { path: '.dockerignore', text: '' };
    expect(advise('COPY . /', ['x'], { mainContext: { folder: '.', ignoreFile } })).toEqual([]);
    expect(advise('COPY . /', ['api/x'], { mainContext: { folder: 'api' } })).toEqual([]);
    expect(advise('RUN --mount=source=.,target=/x true', ['x'])).toMatchObject([{ place: { line: 2 } }]);
  });

  it('warns of a large context of which little is read', () => {
    const large = { files: 1, bytes: 500e6 };
    expect(advise('COPY x /', ['x'], { context: large, readBytes: 25e6 })).toMatchObject([
      {
        message: expect.stringContaining(
          'holds 500 MB that no ignore rule keeps out, and the image reads 5 % of it',
        ),
      },
    ]);
    expect(advise('COPY x /', ['x'], { context: large, readBytes: 100e6 })).toEqual([]);
  });

  it.each([
    '.env',
    '.env.production',
    'a/.npmrc',
    'id_rsa',
    'tls/server.key',
    'x.pem',
    'service-account-x.json',
  ])('takes %s for a secret', (path) =>
    expect(advise(`COPY ["${path}", "/"]`, [path])).toMatchObject([{ place: { line: 2 } }]),
  );

  it('takes a mounted secret for no copied one, but sees that it is copied as well', () => {
    const mount = 'RUN --mount=type=bind,source=.env,target=/x true';
    expect(advise(mount, ['.env'])).toEqual([]);
    expect(advise(`${mount}\nCOPY .env /`, ['.env'])).toMatchObject([{ place: { line: 3 } }]);
  });

  it.each(['.env.example', 'environment.ts', 'id_rsa.pub', 'keys.ts', 'monkey', 'README.md'])(
    'takes %s for no secret',
    (path) => expect(advise(`COPY ["${path}", "/"]`, [path])).toEqual([]),
  );
});
