import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomNumbers } from '../../../testing/random-numbers.js';
import { temporaryRepository } from '../../../testing/temporary-repository.js';
import { visibleFiles } from './plan-visible-files.js';

function visible(files: Readonly<Record<string, string>>): string {
  return visibleFiles(Object.keys(files), (path) => files[path])
    .filter((path) => !path.endsWith('ignore'))
    .join(' ');
}

const files = { a: '', 'b/a': '', 'b/c/d': '', 'e/d': '' };

it.each<[string, Record<string, string>, string]>([
  ['nothing', {}, 'a b/a b/c/d e/d'],
  ['a name', { '.nxignore': 'a' }, 'b/c/d e/d'],
  ['an anchored name', { '.nxignore': '/a' }, 'b/a b/c/d e/d'],
  ['a folder', { '.nxignore': 'c/' }, 'a b/a e/d'],
  ['no file for a folder', { '.nxignore': 'd/' }, 'a b/a b/c/d e/d'],
  ['an exception', { '.nxignore': 'd\n!e/d' }, 'a b/a e/d'],
  ['no exception below an ignored folder', { '.nxignore': 'b\n!b/c/d' }, 'a e/d'],
  ['a file in a folder', { 'b/.nxignore': 'd' }, 'a b/a e/d'],
  ['an exception of a file in a folder', { '.nxignore': 'a', 'b/.nxignore': '!a' }, 'b/a b/c/d e/d'],
  ['.gitignore, whatever is tracked', { '.gitignore': 'd' }, 'a b/a'],
  [
    '.nxignore before .gitignore',
    { '.nxignore': '!d', '.gitignore': 'd', 'e/.gitignore': 'd' },
    'a b/a b/c/d e/d',
  ],
  ['comments and blanks', { '.nxignore': '# a\n\na  \r\n\\#' }, 'b/c/d e/d'],
  ['a byte order mark', { '.nxignore': '\uFEFFa' }, 'b/c/d e/d'],
])('%s', (_, ignoreFiles, expected) => expect(visible({ ...ignoreFiles, ...files })).toBe(expected));

it('never sees what Nx never looks into', () => {
  expect(visible({ 'a/node_modules/b': '', '.nx/cache/c': '', node_modules: '', d: '' })).toBe(
    'node_modules d',
  );
});

it('ignores what git ignores', () => {
  const random = randomNumbers(7);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const names = ['a', 'b', 'ab', 'a.b', '[a]', 'A'];
  const terms = ['a', 'b', '*', '?', '**', '[ab]', '[!a]', 'a*', '*.b', '\\[a]', 'a.b', '{a,b}', '+(a)'];
  const root = temporaryRepository({});
  for (let round = 0; round < 200; round++) {
    const paths = new Set<string>();
    for (let count = 0; count < 12; count++)
      paths.add(Array.from({ length: 1 + random(3) }, () => pick(names)).join('/'));
    const all = [...paths].filter((path) => ![...paths].some((other) => other.startsWith(`${path}/`)));
    const lines = Array.from({ length: 1 + random(4) }, () => {
      const glob = Array.from({ length: 1 + random(2) }, () => pick(terms)).join('/');
      return `${pick(['', '', '!'])}${pick(['', '', '/'])}${glob}${pick(['', '', '/'])}`;
    });
    const text = lines.join('\n');
    const ignored = gitIgnored(root, all, text);
    const seen = visibleFiles([...all, '.gitignore'], (path) => (path === '.gitignore' ? text : ''));
    expect([text, all.filter((path) => !seen.includes(path))]).toEqual([text, ignored]);
  }
});

function gitIgnored(root: string, paths: readonly string[], text: string): string[] {
  writeFileSync(join(root, '.gitignore'), text);
  const args = ['check-ignore', '--no-index', '--stdin', '-z', '--verbose', '--non-matching'];
  // It exits with 1 where nothing is ignored.
  const output = spawnSync('git', args, {
    cwd: root,
    input: paths.map((path) => `${path}\0`).join(''),
  }).stdout;
  const fields = output.toString('utf8').split('\0');
  return paths.filter((_, index) => {
    const pattern = fields[index * 4 + 2] ?? '';
    return pattern !== '' && !pattern.startsWith('!');
  });
}
