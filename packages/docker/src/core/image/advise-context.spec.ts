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
    ignoreFiles: [],
    ...more,
  });
}

describe('adviseContext', () => {
  it('says which ignore file no build reads', () => {
    const [advice] = advise('COPY api /', ['api/x'], { ignoreFiles: ['api/.dockerignore'] });
    expect(advice).toMatchObject({ place: { file: 'api/.dockerignore', line: 1 }, code: 'ADVICE' });
  });

  it.each([
    [{ folder: 'api' }, ['api/.dockerignore']],
    [{ folder: '.' }, ['web/.dockerignore']],
  ])('takes the ignore files of context %j in %j for read', (mainContext, ignoreFiles) => {
    expect(advise('COPY x /', ['api/x', 'x'], { mainContext, ignoreFiles })).toEqual([]);
  });

  it('warns of the whole workspace without an ignore file', () => {
    expect(advise('COPY . /', ['x'])).toMatchObject([{ place: { line: 2 }, sourceLine: 'COPY . /' }]);
    const ignoreFile = { path: '.dockerignore', text: '' };
    expect(advise('COPY . /', ['x'], { mainContext: { folder: '.', ignoreFile } })).toEqual([]);
    expect(advise('COPY . /', ['api/x'], { mainContext: { folder: 'api' } })).toEqual([]);
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

  it.each(['.env.example', 'environment.ts', 'id_rsa.pub', 'keys.ts', 'monkey', 'README.md'])(
    'takes %s for no secret',
    (path) => expect(advise(`COPY ["${path}", "/"]`, [path])).toEqual([]),
  );
});
