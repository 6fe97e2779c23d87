import type { ContextRead } from './evaluation.js';
import { type FileFact, indexFiles } from './file-index.js';
import { selectRead } from './select-read.js';
import { sentFiles } from './sent-files.js';

const texts = [
  '.env',
  'Dockerfile',
  'api/.eslintrc',
  'api/package.json',
  'api/src/a.spec.ts',
  'api/src/a.ts',
  'api/src/deep/b.spec.ts',
  'api/src/deep/b.ts',
  'docs/a b.md',
  'web/package.json',
  'web/src/[id].ts',
  'web/src/i.ts',
];
const links = {
  current: 'api',
  abs: '/web/src',
  out: '../../../docs',
  chain: 'current/src',
  loop: 'loop',
  dangling: 'nowhere',
  'web/to-api': '../api/package.json',
};

function select(path: string, more: Partial<ContextRead> = {}, ignore = '') {
  const files: FileFact[] = [
    ...texts.map((text) => ({ path: text })),
    ...Object.entries(links).map(([from, link]) => ({ path: from, link, mode: 'symlink' as const })),
    { path: 'empty', mode: 'folder' },
  ];
  const read: ContextRead = {
    kind: 'COPY',
    path,
    match: /[*?[]/.test(path) ? 'glob' : 'literal',
    exclude: [],
    place: { file: 'Dockerfile', line: 1, column: 1 },
    text: path,
    ...more,
  };
  const context = { folder: '.', ignoreFile: { path: '.dockerignore', text: ignore } };
  const { files: found, missing } = selectRead(read, sentFiles(context, indexFiles(files)));
  return missing === undefined ? [...found].sort() : { missing, files: [...found].sort() };
}

describe('a path', () => {
  test.each<[string, unknown]>([
    ['Dockerfile', ['Dockerfile']],
    ['docs/a b.md', ['docs/a b.md']],
    ['api/src', ['api/src/a.spec.ts', 'api/src/a.ts', 'api/src/deep/b.spec.ts', 'api/src/deep/b.ts']],
    ['web', ['web/package.json', 'web/src/[id].ts', 'web/src/i.ts', 'web/to-api']],
    ['empty', []],
    ['none', { missing: 'none', files: [] }],
    ['api/package.json/x', { missing: 'api/package.json/x', files: [] }],
  ])('%s selects %j', (path, expected) => {
    expect(select(path)).toEqual(expected);
  });

  test('that is no glob selects what has its name, brackets and stars included', () => {
    const read = { kind: 'bind', match: 'literal' } as const;
    expect(select('web/src/[id].ts', read)).toEqual(['web/src/[id].ts']);
    expect(select('web/src/*.ts', read)).toEqual({ missing: 'web/src/*.ts', files: [] });
  });

  test('. selects everything, symlinks as they are', () => {
    expect(select('.')).toEqual([...texts, ...Object.keys(links)].sort());
  });
});

describe('a glob', () => {
  test.each<[string, unknown]>([
    ['*/package.json', ['api/package.json', 'web/package.json']],
    ['**/package.json', ['api/package.json', 'web/package.json']],
    ['*.json', []],
    [
      'api/*',
      [
        'api/.eslintrc',
        'api/package.json',
        'api/src/a.spec.ts',
        'api/src/a.ts',
        'api/src/deep/b.spec.ts',
        'api/src/deep/b.ts',
      ],
    ],
    ['web/src/[[]id].ts', ['web/src/[id].ts']],
    ['Docker?ile', ['Dockerfile']],
    ['none/*', { missing: 'none', files: [] }],
    ['[^a-z]*', ['.env', 'Dockerfile']],
    ['doc*', ['docs/a b.md']],
  ])('%s selects %j', (path, expected) => {
    expect(select(path)).toEqual(expected);
  });
});

describe('symlinks', () => {
  test.each<[string, unknown]>([
    ['current/package.json', ['api/package.json', 'current']],
    [
      'chain',
      [
        'api/src/a.spec.ts',
        'api/src/a.ts',
        'api/src/deep/b.spec.ts',
        'api/src/deep/b.ts',
        'chain',
        'current',
      ],
    ],
    ['abs/i.ts', ['abs', 'web/src/i.ts']],
    ['out', ['docs/a b.md', 'out']],
    ['web/to-api', ['api/package.json', 'web/to-api']],
    ['cur*/pack*', []],
    ['current/pack*', ['api/package.json', 'current']],
    ['web/to*', ['api/package.json', 'web/to-api']],
    ['loop', { missing: 'loop', files: ['loop'] }],
    ['dangling', { missing: 'dangling', files: ['dangling'] }],
  ])('%s selects %j', (path, expected) => {
    expect(select(path)).toEqual(expected);
  });

  test('a link that is kept out of the context leads nowhere, and so does one to a file that is', () => {
    expect(select('current/package.json', {}, 'current')).toEqual({
      missing: 'current/package.json',
      files: [],
    });
    expect(select('web/to-api', {}, 'api')).toEqual({ missing: 'web/to-api', files: ['web/to-api'] });
  });
});

describe('--exclude', () => {
  test.each<[string, string[], string[]]>([
    ['api/src', ['**/*.spec.ts'], ['api/src/a.ts', 'api/src/deep/b.ts']],
    ['api/src', ['*.spec.ts'], ['api/src/a.ts', 'api/src/deep/b.spec.ts', 'api/src/deep/b.ts']],
    [
      'api/src',
      ['api/src'],
      ['api/src/a.spec.ts', 'api/src/a.ts', 'api/src/deep/b.spec.ts', 'api/src/deep/b.ts'],
    ],
    ['api/src', ['*', '!deep'], ['api/src/deep/b.spec.ts', 'api/src/deep/b.ts']],
    ['api/package.json', ['package.json', '*'], ['api/package.json']],
    ['api/*', ['a.*'], ['api/.eslintrc', 'api/package.json', 'api/src/deep/b.spec.ts', 'api/src/deep/b.ts']],
  ])('%s without %j selects %j', (path, exclude, expected) => {
    expect(select(path, { exclude })).toEqual(expected);
  });
});

describe('--parents', () => {
  test.each<[string, Partial<ContextRead>, unknown]>([
    ['**/package.json', {}, ['api/package.json', 'web/package.json']],
    ['api/src/deep', {}, ['api/src/deep/b.spec.ts', 'api/src/deep/b.ts']],
    ['**/*.ts', { exclude: ['**/*.spec.ts', 'web'] }, ['api/src/a.ts', 'api/src/deep/b.ts']],
    ['api/src/*.ts', { pivot: 'api', exclude: ['src/a.spec.ts'] }, ['api/src/a.ts']],
    ['current/src/*.spec.ts', { pivot: 'current' }, ['api/src/a.spec.ts', 'current']],
    ['none', {}, { missing: 'none', files: [] }],
    ['none*', {}, []],
    ['none/x', { pivot: 'none' }, { missing: 'none', files: [] }],
  ])('%s %j selects %j', (path, more, expected) => {
    expect(select(path, { match: 'include', ...more })).toEqual(expected);
  });
});

describe('an ignore file', () => {
  test.each<[string, string, unknown]>([
    ['api/src', '**/*.spec.ts', ['api/src/a.ts', 'api/src/deep/b.ts']],
    ['api', 'api\n!api/package.json', ['api/package.json']],
    ['api', 'api', { missing: 'api', files: [] }],
    ['api/src', 'api/src/**', []],
    ['api/package.json', '*', { missing: 'api/package.json', files: [] }],
    ['*/package.json', 'web', ['api/package.json']],
    ['api/pack*', 'api', { missing: 'api', files: [] }],
    ['empty', 'empty', { missing: 'empty', files: [] }],
  ])('%s with %j selects %j', (path, ignore, expected) => {
    expect(select(path, {}, ignore)).toEqual(expected);
  });
});
