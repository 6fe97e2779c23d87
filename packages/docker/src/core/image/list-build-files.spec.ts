import { randomNumbers } from '../../../testing/random-numbers.js';
import { compileDockerignore } from '../dockerfile/compile-dockerignore.js';
import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { formatProblem } from '../errors.js';
import { joinPath } from './context-folder.js';
import { evaluateDockerfile } from './evaluate-dockerfile.js';
import type { FileFact } from './file-index.js';
import { type ImageSource, listBuildFiles } from './list-build-files.js';

interface Workspace {
  readonly dockerfile: readonly string[];
  readonly files: readonly (string | FileFact)[];
  readonly dockerfilePath?: string;
  readonly folder?: string;
  readonly ignoreFile?: { path: string; text: string };
  readonly namedContexts?: NonNullable<ImageSource['namedContexts']>;
}

function list({ dockerfile, files, dockerfilePath = 'Dockerfile', folder = '.', ...more }: Workspace) {
  const parsed = parseDockerfile(dockerfile.join('\n'), { path: dockerfilePath });
  const { ignoreFile, namedContexts = {} } = more;
  const keys = Object.entries(namedContexts).map(([key, context]) => [key, context.folder] as const);
  const evaluation = evaluateDockerfile(parsed, { namedContexts: Object.fromEntries(keys) });
  const facts = files.map((file) => (typeof file === 'string' ? { path: file } : file));
  const image = {
    dockerfile: parsed,
    buildContext: { folder, ...(ignoreFile && { ignoreFile }) },
    namedContexts,
  };
  return listBuildFiles({ ...image, evaluation }, facts);
}

test('each file knows its use, and Dockerfile and ignore file are inputs without one', () => {
  const { files } = list({
    dockerfile: ['FROM node', 'COPY src /src', 'COPY src/run.sh /run'],
    dockerfilePath: 'api/Dockerfile',
    folder: 'api',
    ignoreFile: { path: 'api/.dockerignore', text: 'Dockerfile\n*.md' },
    files: [
      'api/Dockerfile',
      'api/.dockerignore',
      { path: 'api/src/run.sh', mode: 'executable' },
      'api/README.md',
      'x',
    ],
  });
  expect(
    files.map(({ path, mode, role, uses }) => [
      path,
      mode,
      role,
      uses.map((use) => [use.path, use.reads.map((read) => read.place.line)]),
    ]),
  ).toEqual([
    ['api/.dockerignore', 'file', 'ignore file', []],
    ['api/Dockerfile', 'file', 'Dockerfile', []],
    ['api/src/run.sh', 'executable', undefined, [['src/run.sh', [2, 3]]]],
  ]);
});

test('a named context has its own folder and its own ignore file', () => {
  const { files } = list({
    dockerfile: ['FROM node', 'COPY --from=libs . /libs', 'COPY a /a'],
    folder: 'app',
    namedContexts: { libs: { folder: 'libs', ignoreFile: { path: 'libs/.dockerignore', text: '*.md\n.*' } } },
    files: ['Dockerfile', 'app/a', 'app/b', 'libs/.dockerignore', 'libs/a', 'libs/a.md'],
  });
  expect(files.map(({ path, uses }) => [path, uses.map((use) => use.context)])).toEqual([
    ['Dockerfile', []],
    ['app/a', [undefined]],
    ['libs/.dockerignore', []],
    ['libs/a', ['libs']],
  ]);
});

test('a followed symlink is an input with what it points to', () => {
  const { files } = list({
    dockerfile: ['FROM node', 'COPY current /app'],
    files: ['Dockerfile', { path: 'current', mode: 'symlink', link: 'v2' }, 'v1/a', 'v2/a'],
  });
  expect(files.map(({ path, mode, link }) => [path, mode, link])).toEqual([
    ['Dockerfile', 'file', undefined],
    ['current', 'symlink', 'v2'],
    ['v2/a', 'file', undefined],
  ]);
});

describe('a source that is not there', () => {
  const files = ['api/Dockerfile', 'api/src/main.ts', 'package.json', 'api/dist/a.js'];
  test.each<[string, Partial<Workspace>, string[]]>([
    [
      'COPY api/scr /src',
      {},
      [
        'api/Dockerfile:2:6: warning: api/scr does not exist in the build context, the workspace root (SOURCE_MISSING)',
        '    COPY api/scr /src',
        '         ^',
        '  Fix: write api/src, or create api/scr before the build',
      ],
    ],
    [
      'COPY package.json /',
      { folder: 'api' },
      [
        'api/Dockerfile:2:6: warning: package.json does not exist in the build context, api (SOURCE_MISSING)',
        '    COPY package.json /',
        '         ^',
        '  Fix: make . the build context, where package.json exists',
      ],
    ],
    [
      'COPY generated /',
      {},
      [
        'api/Dockerfile:2:6: warning: generated does not exist in the build context, the workspace root (SOURCE_MISSING)',
        '    COPY generated /',
        '         ^',
        '  Fix: create generated, let a target that this one depends on create it, or correct the path',
      ],
    ],
    [
      'COPY api/dist /',
      { ignoreFile: { path: '.dockerignore', text: '# outputs\n**/dist\n' } },
      [
        'api/Dockerfile:2:6: api/dist is kept out of the build by line 2 of .dockerignore: **/dist (SOURCE_IGNORED)',
        '    COPY api/dist /',
        '         ^',
        '  Fix: add a line !api/dist at the end of .dockerignore, or delete line 2',
      ],
    ],
    [
      'COPY dist /',
      { ignoreFile: { path: '.dockerignore', text: 'dist' } },
      [
        'api/Dockerfile:2:6: dist is kept out of the build by line 1 of .dockerignore: dist (SOURCE_IGNORED)',
        '    COPY dist /',
        '         ^',
        '  Fix: add a line !dist at the end of .dockerignore, or delete line 1',
      ],
    ],
  ])('%s', (instruction, more, expected) => {
    const { problems } = list({
      dockerfile: ['FROM node', instruction],
      dockerfilePath: 'api/Dockerfile',
      files,
      ...more,
    });
    expect(problems.map(formatProblem).join('\n').split('\n')).toEqual(expected);
  });

  test.each([
    [
      'dangling',
      'gone/x',
      'dangling does not exist in the build context, the workspace root: a symlink leads to gone/x',
    ],
    [
      'loop',
      'loop',
      'loop does not exist in the build context, the workspace root: symlinks lead in a circle',
    ],
  ])('is the symlink %s to %s', (path, link, message) => {
    const { problems } = list({
      dockerfile: ['FROM node', `COPY ${path} /`],
      files: [{ path, link, mode: 'symlink' }],
    });
    expect(problems.map((problem) => problem.message)).toEqual([message]);
  });

  test('is no problem where a glob may match nothing', () => {
    expect(list({ dockerfile: ['FROM node', 'COPY *.lock package*.json /'], files }).problems).toEqual([]);
  });
});

describe('for any workspace', () => {
  const names = ['a', 'b', 'src', 'x.md', 'x.ts', '.env'];
  const rules = ['*', '**/x.md', 'src', '!src/a', '!b', 'a/**', '**/*.ts', '!**/.env'];
  const sources = ['.', 'src', 'a', '*/x.ts', 'src/*', 'x.md', '[ab]'];
  const random = randomNumbers(7);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const workspaces = Array.from({ length: 300 }, () => {
    const paths = Array.from({ length: 12 }, () =>
      Array.from({ length: 1 + random(3) }, () => pick(names)).join('/'),
    );
    const files = [...new Set(paths)].filter((path) => !paths.some((other) => other.startsWith(`${path}/`)));
    const text = Array.from({ length: random(4) }, () => pick(rules)).join('\n');
    return { files, text, source: pick(sources) };
  });

  function inputs(files: readonly string[], text: string, source: string, folder = '.'): string[] {
    const ignoreFile = { path: joinPath(folder, '.dockerignore'), text };
    const listed = list({
      dockerfile: ['FROM x', `COPY ${source} /x`],
      folder,
      files: files.map((path) => joinPath(folder, path)),
      ignoreFile,
    });
    return listed.files.flatMap(({ uses }) => uses.map((use) => use.path));
  }

  test('no input is ignored, and the whole context is all that is not', () => {
    for (const { files, text, source } of workspaces) {
      const ignore = compileDockerignore(text);
      expect(inputs(files, text, source).filter((path) => ignore(path))).toEqual([]);
      expect(inputs(files, text, '.')).toEqual(files.filter((path) => !ignore(path)).sort());
    }
  });

  test('neither the order of the files nor the place of the context matters', () => {
    for (const { files, text, source } of workspaces) {
      const expected = inputs(files, text, source);
      expect(inputs([...files].reverse(), text, source)).toEqual(expected);
      expect(inputs(files, text, source, 'deep/inside')).toEqual(expected);
    }
  });

  test('a file more changes nothing for the others', () => {
    for (const { files, text, source } of workspaces) {
      const more = inputs([...files, 'src/new.ts'], text, source).filter((path) => path !== 'src/new.ts');
      if (!files.includes('src')) expect(more).toEqual(inputs(files, text, source));
    }
  });
});

test.each([
  ['src/[a', 'the pattern src/[a is malformed', 'DOCKERFILE_INVALID'],
  ['docs/*', 'docs is kept out of the build by line 1 of .dockerignore', 'SOURCE_IGNORED'],
])('a glob that may fail the build is a warning: %s', (glob, message, code) => {
  const { problems } = list({
    dockerfile: ['FROM node', `COPY ${glob} /src/`],
    ignoreFile: { path: '.dockerignore', text: 'docs' },
    files: ['src/a', 'docs/b'],
  });
  expect(problems).toMatchObject([
    { code, severity: 'warning', message: expect.stringContaining(message), place: { line: 2 } },
  ]);
});

describe('a glob that finds nothing in a folder', () => {
  const files: (string | FileFact)[] = [
    ...['docs/a.md', 'docs/deep/b.md', 'src/a'],
    { path: 'none', mode: 'folder' },
  ];
  test.each<[string[], string, string[]]>([
    [
      ['COPY docs/*.html /'],
      '',
      ['docs/*.html finds nothing, and the build fails unless it reads something else in docs'],
    ],
    [['COPY docs/*.html /', 'COPY docs/deep /'], '', []],
    [['COPY docs/*.html docs /'], '', []],
    [['COPY docs/deep/*.html /', 'COPY docs /'], '', []],
    [['COPY docs/*.html /', 'COPY . /'], '', []],
    [['COPY *.html /'], '', []],
    [['COPY docs/*.html ** /'], '', []],
    [['COPY docs/*.html d* /'], '', []],
    [['COPY docs/*.html docs/* /'], '', []],
    [['COPY none/*.html doc? /'], 'none', ['none is kept out of the build by line 1 of .dockerignore: none']],
    [['COPY none/*.html n* /'], '', []],
    [
      ['COPY none/*.html docs /'],
      '',
      ['none/*.html finds nothing, and the build fails unless it reads something else in none'],
    ],
    [['COPY docs/*.html /', 'RUN --mount=type=tmpfs,target=/t x'], '', []],
    [
      ['COPY docs/*.md /', 'COPY src /'],
      '**/*.md',
      ['docs/a.md is kept out of the build by line 1 of .dockerignore: **/*.md'],
    ],
  ])('%j with %j: %j', (instructions, text, expected) => {
    const ignoreFile = { path: '.dockerignore', text };
    const { problems } = list({ dockerfile: ['FROM node', ...instructions], files, ignoreFile });
    expect(problems.map(({ severity, message }) => `${severity}: ${message}`)).toEqual(
      expected.map((message) => `warning: ${message}`),
    );
  });
});

describe('a source that is there, but that BuildKit does not find', () => {
  const files: (string | FileFact)[] = [
    ...['app/[id]/a', 'app/i/a', 'v1/a', 'v1/b', 'deep/c'],
    { path: 'current', mode: 'symlink', link: 'v1' },
    { path: 'deep/up', mode: 'symlink', link: '../v1/a' },
    { path: 'out/gone', mode: 'symlink', link: 'nowhere' },
    { path: 'zero', mode: 'symlink', link: 'out' },
  ];
  test.each<[string[], string[]]>([
    [
      ['RUN --mount=source=app/[id],target=/t x'],
      ['app/[id] is not sent to the build: BuildKit takes it for a pattern when it asks for its files'],
    ],
    [['RUN --mount=source=app/[id],target=/t x', 'COPY app /'], []],
    [['RUN --mount=source=app/[id],target=/t x', 'RUN --mount=type=tmpfs,target=/t x'], []],
    [['COPY app/[[]id] /'], []],
    [['COPY current/a /a'], []],
    [
      ['COPY current/a current/b /'],
      [
        'current/b is not sent to the build: BuildKit asks for what a symlink leads to only once, and not below a wildcard',
      ],
    ],
    [['COPY deep/u* /'], []],
    [
      ['COPY d*/u* /'],
      [
        'deep/up is not sent to the build: BuildKit asks for what a symlink leads to only once, and not below a wildcard',
      ],
    ],
    [['COPY d*/u* v1/* /'], []],
    [
      ['COPY dee* /'],
      ['dee* finds the symlink deep/up, and the build fails because it leads to nothing that is sent'],
    ],
    [['COPY dee* v1 /'], []],
    [['COPY deep out /'], []],
    [['COPY z* /'], []],
    [
      ['COPY --exclude=c out /'],
      ['out finds the symlink out/gone, and the build fails because it leads to nothing that is sent'],
    ],
  ])('%j: %j', (instructions, expected) => {
    const { problems } = list({ dockerfile: ['FROM node', ...instructions], files });
    expect(problems.map(({ severity, message }) => `${severity}: ${message}`)).toEqual(
      expected.map((message) => `warning: ${message}`),
    );
  });
});

test('a named context is sent for each instruction that names it by itself', () => {
  const missing = (...instructions: string[]) =>
    list({
      dockerfile: ['FROM node', ...instructions],
      folder: 'app',
      namedContexts: { libs: { folder: 'libs' } },
      files: ['libs/[id]/a', 'libs/b/c'],
    }).problems.map(({ message }) => message.split(' is not sent')[0]);
  expect(missing('COPY --from=libs . /', 'RUN --mount=from=libs,source=[id],target=/t x')).toEqual(['[id]']);
  expect(missing('FROM libs AS own', 'FROM node', 'COPY --from=own b /b', 'COPY --from=own b/x* /')).toEqual(
    [],
  );
  expect(missing('COPY --from=libs b/x* /', 'COPY --from=libs b/c /')).toEqual([
    'b/x* finds nothing, and the build fails unless it reads something else in b',
  ]);
});
