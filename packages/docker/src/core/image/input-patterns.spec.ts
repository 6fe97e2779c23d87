import { compileDockerignore } from '../dockerfile/compile-dockerignore.js';
import { matchFilepath } from '../dockerfile/match-filepath.js';
import type { ContextRead } from './evaluation.js';
import { inputPatterns } from './input-patterns.js';
import { compileRegion } from './input-regions.js';

const files = [
  '.dockerignore',
  'README.md',
  'api/Dockerfile',
  'api/README.md',
  'api/src/a.spec.ts',
  'api/src/a.ts',
  'api/src/deep/b.ts',
  'api/test/t.ts',
  'libs/x/package.json',
  'libs/x/src/i.ts',
  'libs/y/package.json',
  'package.json',
  'web/app/(auth)/p.ts',
].sort();

function read(path: string, more: Partial<ContextRead> = {}): ContextRead {
  return {
    kind: 'COPY',
    path,
    match: /[*?[]/.test(path) ? 'glob' : 'literal',
    exclude: [],
    place: { file: 'api/Dockerfile', line: 1, column: 1 },
    text: path,
    ...more,
  };
}

/** Patterns for reads of one context, where `inputs` are the files that the build is known to read. */
function patterns(sources: (string | ContextRead)[], ignore: string[], inputs: string[], folder = '.') {
  const reads = sources.map((source) => (typeof source === 'string' ? read(source) : source));
  return inputPatterns({
    contexts: [{ folder, ignore: compileDockerignore(ignore.join('\n')), reads }],
    always: [],
    files,
    inputs: new Set(inputs),
  });
}

const allOf = (...folders: string[]) =>
  files.filter((file) => folders.some((folder) => file === folder || file.startsWith(`${folder}/`)));

describe('inputPatterns', () => {
  it.each<[string, Parameters<typeof patterns>, string[], string[]]>([
    ['a file', [['package.json'], [], ['package.json']], ['package.json'], []],
    ['a folder', [['api/src'], [], allOf('api/src')], ['api/src/**/*'], []],
    ['the whole workspace', [['.'], [], files], ['**/*'], []],
    ['a file that is not there', [['dist/main.js'], [], []], ['dist/main.js', 'dist/main.js/**/*'], []],
    ['a context folder', [['src'], [], allOf('api/src'), 'api'], ['api/src/**/*'], []],
    ['the whole of a context folder', [['.'], [], allOf('api'), 'api'], ['api/**/*'], []],
    [
      'a glob',
      [['libs/*/package.json'], [], ['libs/x/package.json', 'libs/y/package.json']],
      ['libs/*/package.json', 'libs/*/package.json/**/*'],
      [],
    ],
    [
      'a folder with ignored files',
      [['api/src'], ['**/*.spec.ts'], ['api/src/a.ts', 'api/src/deep/b.ts']],
      ['api/src/**/*'],
      ['api/src/a.spec.ts'],
    ],
    [
      'a folder with an ignored folder',
      [['api'], ['api/test'], allOf('api/Dockerfile', 'api/README.md', 'api/src')],
      ['api/**/*'],
      ['api/test/**/*'],
    ],
    [
      'only what a closed ignore file lets in',
      [['.'], ['**', '!api/src', '!package.json'], [...allOf('api/src'), 'package.json']],
      ['api/src/**/*', 'package.json'],
      [],
    ],
    [
      'only what lies in the folder that is copied',
      [['api'], ['*', '!api/src', '!libs'], allOf('api/src')],
      ['api/src/**/*'],
      [],
    ],
    [
      'what comes back by a wildcard',
      [['.'], ['*', '!libs/*/src', '**/*.md'], ['libs/x/src/i.ts']],
      ['libs/*/src', 'libs/*/src/**/*'],
      [],
    ],
    [
      'several files that one last rule keeps out',
      [['.'], ['!x', '*/README.md', '**/*.ts'], files.filter((file) => !/\.ts$|\/README/.test(file))],
      ['**/*'],
      ['**/*.ts', 'api/README.md'],
    ],
    [
      'an --exclude',
      [[read('api', { exclude: ['**/*.md'] })], [], allOf('api').filter((file) => !file.endsWith('.md'))],
      ['api/**/*'],
      ['api/README.md'],
    ],
    [
      'characters that are special elsewhere',
      [['web/app/(auth)'], [], allOf('web')],
      ['web/app/(auth)/**/*'],
      [],
    ],
    [
      'a folder whose parent comes back',
      [['api/src'], ['*', '!api'], allOf('api/src')],
      ['api/src/**/*'],
      [],
    ],
    ['a folder that is ignored whole', [['api'], ['**'], []], [], []],
  ])('describes %s', (_, input, positive, negative) => {
    expect(patterns(...input)).toEqual({ positive, negative });
  });

  it('leaves room for a deleted input beside an ignored file that is still there', () => {
    const { positive, negative } = patterns(
      ['api/src'],
      ['**/*.ts', '!**/keep/*.ts', '!**/b.ts'],
      ['api/src/deep/b.ts'],
    );
    const covered = (path: string) =>
      positive.some((region) => compileRegion(region)(path)) &&
      !negative.some((region) => compileRegion(region)(path));
    expect(covered('api/src/keep/deleted.ts')).toBe(true);
    expect(covered('api/src/deep/b.ts')).toBe(true);
    expect(covered('api/src/a.ts')).toBe(false);
  });

  it('always names the Dockerfile and its ignore file', () => {
    const ignore = compileDockerignore('**');
    const always = ['api/Dockerfile', 'api/Dockerfile.dockerignore'];
    const contexts = [{ folder: '.', ignore, reads: [read('.')] }];
    expect(inputPatterns({ contexts, always, files, inputs: new Set(always) }).positive).toEqual(always);
  });
});

describe('for random files, ignore files and reads', () => {
  const names = ['a', 'b', 'c.ts', 'd.md'];
  const rules = [
    '**',
    '*',
    'a',
    'a/b',
    '**/b',
    '**/*.ts',
    '*/*.md',
    'a/**',
    '!a',
    '!**/c.ts',
    '!a/b',
    '!*/b/*',
    '!a/*.md',
  ];
  const sources = ['.', 'a', 'a/b', '*/c.ts', 'a/*', 'c.ts'];

  it.each(Array.from({ length: 1000 }, (_, seed) => seed))(
    'covers inputs, present and deleted (seed %i)',
    (seed) => {
      const random = generator(seed);
      const pick = <T>(list: readonly T[], count: number) =>
        Array.from({ length: count }, () => list[Math.floor(random() * list.length)] as T);
      const all = [
        ...new Set(
          pick(names, 12).map((name) => [...pick(['a', 'b', 'e'], Math.floor(random() * 3)), name].join('/')),
        ),
      ]
        .filter((file, _, list) => !list.some((other) => other.startsWith(`${file}/`)))
        .sort();
      const ignore = compileDockerignore(pick(rules, 4).join('\n'));
      const reads = pick(sources, 2).map((source) => read(source));
      const inputs = all.filter((file) => !ignore(file) && reads.some((one) => selects(one, file)));

      expect(all.filter(covers(all, inputs))).toEqual(inputs);
      for (const gone of inputs) {
        const isCovered = covers(
          all.filter((file) => file !== gone),
          inputs.filter((file) => file !== gone),
        );
        expect(isCovered(gone) ? gone : `${gone} is missed`).toBe(gone);
      }

      function covers(present: readonly string[], used: readonly string[]) {
        const contexts = [{ folder: '.', ignore, reads }];
        const { positive, negative } = inputPatterns({
          contexts,
          always: [],
          files: present,
          inputs: new Set(used),
        });
        const [into, out] = [positive.map(compileRegion), negative.map(compileRegion)];
        return (file: string) =>
          into.some((matches) => matches(file)) && !out.some((matches) => matches(file));
      }
    },
  );

  function selects({ path, match }: ContextRead, file: string): boolean {
    const parts = file.split('/');
    const selfAndParents = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    return (
      path === '.' ||
      selfAndParents.some((each) => (match === 'glob' ? matchFilepath(path, each) : each === path))
    );
  }

  /** A small linear congruential generator: the same numbers for the same seed. */
  function generator(seed: number): () => number {
    let state = seed * 2654435761 + 1;
    return () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
  }
});
