import { compileDockerignore } from './compile-dockerignore.js';

const ignore = compileDockerignore(`# everything but the sources
*
!src
!package.json
src/**/*.spec.ts
`);

test.each([
  ['README.md', true, 2],
  ['.env', true, 2],
  ['package.json', false, 4],
  ['lib/package.json', true, 2],
  ['src', false, 3],
  ['src/a.ts', false, 3],
  ['src/a.spec.ts', true, 5],
  ['src/deep/a.spec.ts', true, 5],
])('%s: excluded %s, by line %s', (path, excluded, line) => {
  expect([ignore(path), ignore.ruleFor(path)?.line]).toEqual([excluded, line]);
});

test.each([
  ['.', 'some'],
  ['lib', 'all'],
  ['src', 'some'],
  ['package.json', 'none'],
])('below %s: %s', (folder, expected) => {
  expect(ignore.excludesBelow(folder)).toBe(expected);
});

test('takes lines as well, and an empty file excludes nothing', () => {
  expect(compileDockerignore(['a', '!a/b'])('a/c')).toBe(true);
  expect(compileDockerignore(['a/*', '!a'])('a/b/c')).toBe(false);
  expect(compileDockerignore('a/*\n!a')('a/b/c')).toBe(true);
  expect(compileDockerignore('')('a')).toBe(false);
  expect(compileDockerignore('').ruleFor('a')).toBeUndefined();
});

test('100,000 paths against 50 rules take a moment', () => {
  const rules = Array.from(
    { length: 50 },
    (_, i) => [`**/node_modules${i}`, `**/*.log${i}`, `apps/*/e2e${i}`, `tmp${i}/**`][i % 4] ?? '',
  );
  const many = compileDockerignore(rules.join('\n'));
  const started = process.hrtime.bigint();
  for (let i = 0; i < 100_000; i++) many(`apps/app${i % 50}/src/feature${i % 7}/file${i}.component.ts`);
  expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(5000);
});
