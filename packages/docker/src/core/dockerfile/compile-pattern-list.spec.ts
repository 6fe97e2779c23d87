import { randomNumbers } from '../../../testing/random-numbers.js';
import { compilePatternList } from './compile-pattern-list.js';

describe('decide', () => {
  test.each<[string, string[], string[], string[]]>([
    ['no pattern matches nothing', [], [], ['a', 'a/b']],
    ['a folder takes everything below it', ['a'], ['a', 'a/b', 'a/b/c'], ['b/a', 'ab']],
    ['the last match decides', ['*.md', '!README.md'], ['a.md'], ['README.md']],
    ['an exception before its rule does nothing', ['!README.md', '*.md'], ['README.md'], []],
    [
      'an exception reaches below a matched folder',
      ['docs', '!docs/a.md'],
      ['docs', 'docs/b.md'],
      ['docs/a.md'],
    ],
    [
      'everything but a few',
      ['*', '!src', '!package.json'],
      ['a', 'lib/a'],
      ['src', 'src/a', 'package.json'],
    ],
    [
      'names of object members are names',
      ['constructor', '__proto__'],
      ['constructor/a', '__proto__'],
      ['toString'],
    ],
    ['a malformed pattern matches nothing', ['[', 'a'], ['a'], ['[', 'b']],
  ])('%s', (_, patterns, matching, others) => {
    const list = compilePatternList(patterns);
    for (const path of matching) expect([path, list.decide(path).matched]).toEqual([path, true]);
    for (const path of others) expect([path, list.decide(path).matched]).toEqual([path, false]);
  });

  test('names the pattern that decided', () => {
    const list = compilePatternList(['a', '!a/b', 'a/b/c']);
    expect(list.decide('x')).toEqual({ matched: false });
    expect(list.decide('a/x')).toEqual({ matched: true, by: 0 });
    expect(list.decide('a/b/x')).toEqual({ matched: false, by: 1 });
    expect(list.decide('a/b/c')).toEqual({ matched: true, by: 2 });
  });

  test.each<[string[], string, boolean, boolean]>([
    // After `a/*` the walk is at `a/b` and has not tried `!a` on it; alone, `a` is a parent of the path.
    [['a/*', '!a'], 'a/b', true, false],
    [['a', '!a/b', 'a'], 'a/b', false, true],
    [['a', '!a/b'], 'a/b', false, false],
  ])('%j: the walk decides %s %s, the path alone %s', (patterns, path, walk, alone) => {
    const list = compilePatternList(patterns);
    expect([list.decide(path).matched, list.matches(path)]).toEqual([walk, alone]);
  });

  test('skipFolders leaves a matched folder out where the exceptions are plain and none begins with it', () => {
    const patterns = ['*', '!apps/*/**'];
    expect(compilePatternList(patterns).decide('apps/web/a.ts').matched).toBe(false);
    expect(compilePatternList(patterns, { skipFolders: true }).decide('apps/web/a.ts').matched).toBe(true);
    const listed = ['*', '!apps/web/**'];
    expect(compilePatternList(listed, { skipFolders: true }).decide('apps/web/a.ts').matched).toBe(false);
  });
});

describe('below', () => {
  test.each<[string[], string, 'all' | 'none' | 'some']>([
    [[], '.', 'none'],
    [['a'], '.', 'some'],
    [['a'], 'a', 'all'],
    [['a'], 'b', 'none'],
    [['a/*.md'], 'a', 'some'],
    [['a/*.md'], 'a/b', 'none'],
    [['**/x'], 'b', 'some'],
    [['a', '!a/b'], 'a', 'some'],
    [['a', '!a/b'], 'a/c', 'all'],
    [['a', '!a/b'], 'a/b', 'none'],
    [['*', '!src'], 'src', 'none'],
    [['*', '!src'], 'lib', 'all'],
    [['!src', '*'], 'src', 'all'],
  ])('%j below %s: %s', (patterns, folder, expected) => {
    expect(compilePatternList(patterns).below(folder)).toBe(expected);
  });

  test('what it says for certain holds for every path', () => {
    const pieces = ['a', 'b', '*', '**', '?', 'ab', '*.b', '[ab]'];
    const names = ['a', 'b', 'ab', 'a.b', 'c'];
    const folders = names.flatMap((one) => [one, ...names.map((two) => `${one}/${two}`)]);
    const random = randomNumbers(42);
    for (let round = 0; round < 2000; round++) {
      const patterns = Array.from({ length: 1 + random(4) }, () => {
        const parts = Array.from({ length: 1 + random(3) }, () => pieces[random(pieces.length)]);
        return (random(3) === 0 ? '!' : '') + parts.join(random(4) === 0 ? '' : '/');
      });
      const list = compilePatternList(patterns, { skipFolders: random(2) === 0 });
      const folder = folders[random(folders.length)] ?? 'a';
      const verdict = list.below(folder);
      const found = names
        .flatMap((one) => [`${folder}/${one}`, `${folder}/${one}/b`])
        .map((path) => list.decide(path).matched);
      if (verdict !== 'some')
        expect({ patterns, folder, found: new Set(found) }).toEqual({
          patterns,
          folder,
          found: new Set([verdict === 'all']),
        });
    }
  });
});
