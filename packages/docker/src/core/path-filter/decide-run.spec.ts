import { chooseComparison } from './choose-comparison.js';
import { decideRun, type Trigger, type TriggerEvent } from './decide-run.js';

const main = 'refs/heads/main';
const tag = 'refs/tags/v1';
const many = Array.from({ length: 300 }, (_, i) => `docs/${i}.md`);

it.each<[Partial<Trigger>, Partial<TriggerEvent>, boolean, string]>([
  [{ paths: ['a/**'] }, { files: ['a/b'] }, true, 'a/b matches a/**'],
  [{ paths: ['a/**'] }, { files: ['b'] }, false, 'no changed file matches its paths'],
  [{ paths: ['a/**'] }, { files: [] }, false, 'no file changed'],
  [{ paths: ['a/**'] }, { files: undefined }, true, 'without a diff it always runs'],
  [{ paths: ['a/**'] }, { files: ['b'], commits: 1001 }, true, 'more than 1000 commits always pass'],
  [{ paths: ['a/**'] }, { files: ['b'], commits: 1000 }, false, 'no changed file matches its paths'],
  [{ paths: ['a/**'] }, { files: ['b'], ref: tag }, true, 'path filters do not count for tags'],
  [{ paths: ['src/**'] }, { files: [...many.slice(1), 'src/a'] }, true, 'src/a matches src/**'],
  [
    { paths: ['src/**'] },
    { files: [...many, 'src/a'] },
    false,
    'no file of the first 300 passes, and GitHub looks at no more',
  ],
  [
    { pathsIgnore: ['docs/**'] },
    { files: [...many, 'src/a'] },
    false,
    'no file of the first 300 passes, and GitHub looks at no more',
  ],
  [{ pathsIgnore: ['docs/**'] }, { files: ['docs/a', 'b'] }, true, 'b is not ignored'],
  [{ pathsIgnore: ['docs/**'] }, { files: ['docs/a'] }, false, 'all changed files are ignored'],
  [
    { paths: ['a'], pathsIgnore: ['b'] },
    { files: ['a'] },
    false,
    'GitHub refuses the workflow: paths and paths-ignore cannot be given for the same event',
  ],
  [{ branches: ['main'] }, { ref: tag }, false, 'it is for branches only, and a tag was pushed'],
  [{ tags: ['v*'] }, { ref: main }, false, 'it is for tags only, and a branch was pushed'],
  [{ tags: ['v*'], branches: ['x'] }, { ref: tag }, true, 'it has no path filter'],
  [
    { branches: ['rel/**', '!rel/**-alpha'] },
    { ref: 'refs/heads/rel/1-alpha' },
    false,
    'it does not run for "rel/1-alpha"',
  ],
  [{ branchesIgnore: ['wip/*'] }, { ref: main }, true, 'it has no path filter'],
  [{ branches: ['main'] }, { ref: 'main' }, true, 'it has no path filter'],
  [{ paths: ['a'] }, { event: 'pull_request', files: ['b'] }, false, 'it does not run for pull_request'],
])('%j with %j: %j, %s', (trigger, event, runs, because) => {
  const given = { event: 'push', ref: main, files: ['x'], ...event };
  expect(decideRun({ event: 'push', ...trigger }, given)).toEqual({ runs, because });
});

it('filters a pull request by the branch that it goes to', () => {
  const trigger = { event: 'pull_request', branches: ['main'] };
  expect(decideRun(trigger, { event: 'pull_request', ref: 'main', files: [] }).runs).toBe(true);
  expect(decideRun(trigger, { event: 'pull_request', ref: 'next', files: [] }).runs).toBe(false);
});

it.each([
  ['push', main, 'b', { kind: 'two-dot', base: 'b', head: 'h' }],
  ['push', main, '0'.repeat(40), { kind: 'new-branch', head: 'h' }],
  ['push', tag, 'b', { kind: 'none', because: 'path filters do not count for tags' }],
  ['pull_request', 'main', 'b', { kind: 'three-dot', base: 'b', head: 'h' }],
  ['merge_group', main, 'b', { kind: 'none', because: 'path filters do not count for merge_group' }],
])('compares commits for %s of %s from %s', (event, ref, base, expected) =>
  expect(chooseComparison({ event, ref, base, head: 'h' })).toEqual(expected),
);
