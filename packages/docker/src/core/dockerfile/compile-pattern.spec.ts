import { compilePattern } from './compile-pattern.js';

describe('compilePattern matches as moby/patternmatcher, without looking at parents', () => {
  test.each([
    ['foo', ['foo'], ['a/foo', 'foo/a', 'Foo', 'foo2']],
    ['a/b', ['a/b'], ['a', 'b', 'a/b/c']],
    ['*', ['a', '.env', 'a b'], ['a/b']],
    ['*.md', ['a.md', '.md'], ['a/a.md', 'amd']],
    ['a?c', ['abc', 'a☺c'], ['ac', 'a/c']],
    ['**', ['a', 'a/b/c'], []],
    ['**/foo', ['foo', 'a/foo', 'a/b/foo'], ['xfoo', 'foo/x']],
    ['**foo', ['foo', 'xfoo', 'a/xfoo'], ['foox']],
    ['**.log', ['a.log', 'a/b.log', '.log'], ['a.log/x']],
    ['**/*.log', ['a.log', 'a/b/c.log'], ['a.logs']],
    ['dir/**', ['dir/a', 'dir/a/b'], ['dir', 'dirs/a']],
    ['dir**', ['dir', 'dirs', 'dir/a'], ['a/dir']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb', 'a/b/c']],
    ['a**/*.txt', ['a/file.txt', 'a/d/d/file.txt', 'ab/f.txt'], ['a/dir/file.text']],
    ['***', ['a', 'a/b'], []],
    ['[a-c]x', ['ax', 'cx'], ['dx', 'x']],
    ['[^a]', ['b', '/'], ['a']],
    ['[[]slug]', ['[slug]'], ['s', 'slug']],
    ['[slug]', ['s', 'g'], ['[slug]', 'slug']],
    ['(auth)/*', ['(auth)/a'], ['auth/a']],
    ['a+b.ts', ['a+b.ts'], ['aab.ts', 'a+bxts']],
    ['a.|)$(}+{bc', ['a.|)$(}+{bc'], []],
    ['a\\*b', ['a*b'], ['axb']],
    ['#a', ['#a'], []],
  ])('%s', (pattern, matching, others) => {
    const matches = compilePattern(pattern)?.matches ?? (() => undefined);
    expect(matching.filter((path) => !matches(path))).toEqual([]);
    expect(others.filter((path) => matches(path))).toEqual([]);
  });

  // What a backslash, braces, `|` and stars in brackets become in the regular expression behind a pattern.
  test.each([
    ['v\\d', ['v1'], ['vd', 'v\\d']],
    ['src\\bin', [], ['srcbin', 'src/bin', 'src\\bin']],
    ['obj\\x64', ['objd'], ['objx64']],
    ['[\\d.]*', ['1', '.x'], ['d']],
    ['[[:digit:]]', ['7'], ['d']],
    ['x{2}?', ['xxy'], ['x{2}y']],
    ['x{a,b}?', ['x{a,b}y'], ['xay']],
    ['a|b*', ['a', 'axx', 'xxb', 'xxbx'], ['x']],
    ['[*]', ['/]', '[]', '^^]', ']'], ['*']],
    ['a^b?', [], ['a^bc']],
  ])('%s, oddly', (pattern, matching, others) => {
    const matches = compilePattern(pattern)?.matches ?? (() => undefined);
    expect(matching.filter((path) => !matches(path))).toEqual([]);
    expect(others.filter((path) => matches(path))).toEqual([]);
  });

  test.each([
    '[',
    '[]a]',
    '[x-]',
    'a\\',
    '\\mine',
    '[z-a]',
    '**/[',
    'a{1001}?',
    'a{2}{2}?',
    '[[:nope:]]',
    '\\pL',
  ])('%s is refused', (pattern) => {
    expect(compilePattern(pattern)).toBeUndefined();
  });

  test('a class that only filepath.Match refuses passes behind a star, as Go looks no further', () => {
    expect(compilePattern('**/*[-_]test')?.matches('a/b-test')).toBe(true);
  });

  test('a hostile pattern takes no exponential time', () => {
    const started = process.hrtime.bigint();
    for (const pattern of [
      '**/*a*a*a*a*a*a*a*a*b?',
      '**/**a**/**a**/**a**/**a?c',
      '[^b]{0,1000}[^c]{0,1000}d?',
    ])
      expect(compilePattern(pattern)?.matches(`${'a/'.repeat(300)}${'a'.repeat(300)}`)).toBe(false);
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(3000);
  });
});

describe('couldMatchBelow', () => {
  test.each([
    ['src/a.ts', 'src', true],
    ['src/a.ts', 'srcs', false],
    ['src', 'src', false],
    ['src/*', 'src', true],
    ['src/*', 'src/a', false],
    ['src/**', 'src/a', true],
    ['**/x', 'any/where', true],
    ['**.log', 'any', true],
    ['a/*/c/d', 'a/b', true],
    ['a/*/c/d', 'a/b/c', true],
    ['a/*/c/d', 'a/b/x', false],
    ['a*', 'a', false],
    ['[ab]/c', 'b', true],
    ['[ab]/c', 'c', false],
  ])('%s below %s: %s', (pattern, folder, expected) => {
    expect(compilePattern(pattern)?.couldMatchBelow(folder)).toBe(expected);
  });
});
