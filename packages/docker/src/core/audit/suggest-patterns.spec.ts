import { randomNumbers } from '../../../testing/random-numbers.js';
import type { AuditImage } from './audit-image.js';
import { compileList } from './match-list.js';
import type { PathList } from './path-list.js';
import { suggestPatterns } from './suggest-patterns.js';

const place = { file: 'a.yml', line: 1, column: 1 };

function listOf(dialect: PathList['dialect'], patterns: readonly string[]): PathList {
  const items = patterns.map((pattern) => ({ pattern, place, range: [0, 0] as const }));
  const rest = { place, name: '', keyRange: [0, 0], range: [0, 0], itemRanges: [], layout: null } as const;
  return { ...rest, dialect, items };
}

function imageOf(
  positive: readonly string[],
  negative: readonly string[] = [],
  inputs: readonly string[] = [],
): AuditImage {
  const image = { id: 'a', image: 'a', dockerfile: 'a', context: '.', target: null, made: [] };
  return {
    ...image,
    patterns: { positive, negative },
    inputs: inputs.map((path) => ({ path, because: [] })),
  };
}

function suggest(
  missed: readonly string[],
  image: AuditImage,
  list: PathList,
  files: readonly string[] = [],
): string[] {
  return suggestPatterns(missed, { list, image, files, isAlone: true });
}

it.each<[PathList['dialect'], string, string]>([
  ['paths', 'libs/**/*', 'libs/**'],
  ['changes', 'libs/**/*', 'libs/**/*'],
  ['dorny', 'libs/**/*', 'libs/**'],
  ['paths', 'libs/**/*.js', 'libs/**/*.js'],
  ['paths', '**/package.json', '**/package.json'],
])('in %s, %s is %s', (dialect, region, expected) => {
  const file = region.replace('**/*.js', 'a/b.js').replace('**/*', 'a/b').replace('**/', 'a/');
  expect(suggest([file], imageOf([region]), listOf(dialect, []))).toEqual([expected]);
});

it('takes the pattern that covers most, and no more than are needed', () => {
  const image = imageOf(['a/one', 'a/**/*', 'b/**/*', 'c']);
  expect(suggest(['a/one', 'a/two', 'b/x'], image, listOf('paths', []))).toEqual(['a/**', 'b/**']);
});

it('takes back an exclusion only if nothing but inputs is excluded', () => {
  const files = ['src/a.md', 'docs/b.md'];
  const list = listOf('paths', ['**', '!**/*.md']);
  expect(suggest(['src/a.md'], imageOf(['**/*'], [], ['src/a.md']), list, files)).toEqual(['src/a.md']);
  expect(suggest(files, imageOf(['**/*'], [], files), list, files)).toEqual(['**/*.md']);
});

it('leaves out of everything what the image never reads, unless it passes already', () => {
  const list = listOf('paths', ['src/**', 'ci/a.yml']);
  const files = ['src/a', 'lib/b', 'docs/c', 'ci/a.yml'];
  const image = imageOf(['**/*'], ['docs/**/*', 'ci/**/*'], ['src/a', 'lib/b']);
  expect(suggest(['lib/b'], image, list, files)).toEqual(['**', '!docs/**']);
});

it('covers names with any characters, in every dialect', () => {
  const random = randomNumbers(7);
  const chars = [
    'a',
    '.',
    '-',
    '/',
    ' ',
    '*',
    '?',
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    '!',
    '+',
    '@',
    '$',
    '\\',
    '#',
    "'",
    '"',
    '\n',
    'é',
    '📦',
    ',',
    '|',
    '^',
    '~',
  ];
  for (let i = 0; i < 200; i++) {
    const text = Array.from({ length: random(8) + 1 }, () => chars[random(chars.length)]).join('');
    const file = `x/${text}`
      .split('/')
      .filter((part) => !/^\.{0,2}$/.test(part))
      .join('/');
    const region = random(2) === 0 ? [] : [`${file.replace(/[*?]/g, '?')}/**/*`];
    const missed = region.length > 0 ? [`${file}/b`] : [file];
    // picomatch cannot name a backslash.
    const dialects = (['paths', 'changes', 'dorny'] as const).filter(
      (dialect) => dialect !== 'dorny' || !file.includes('\\'),
    );
    for (const dialect of dialects) {
      const patterns = suggest(missed, imageOf(region), listOf(dialect, []));
      const { passes } = compileList(listOf(dialect, patterns));
      expect([dialect, patterns, missed.filter((path) => !passes(path))]).toEqual([dialect, patterns, []]);
    }
  }
});
