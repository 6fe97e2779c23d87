import { type DornyFilter, decideDorny } from './decide-dorny.js';

function filterOf(patterns: readonly string[], quantifier: DornyFilter['quantifier'] = 'some'): DornyFilter {
  return { name: 'api', quantifier, rules: patterns.map((pattern) => ({ pattern })) };
}

it.each<[DornyFilter, string, boolean]>([
  [filterOf(['api/**']), 'api/.env/a', true],
  [filterOf(['api/**']), 'web/a', false],
  [filterOf(['api/**', '!**/*.md']), 'web/a.ts', true],
  [filterOf(['api/**', '!**/*.md'], 'every'), 'web/a.ts', false],
  [filterOf(['api/**', '!**/*.md'], 'every'), 'api/a.md', false],
  [filterOf(['api/**', '!**/*.md'], 'every'), 'api/a.ts', true],
  [filterOf([], 'every'), 'a', false],
  [filterOf(['', '[', 'a'.repeat(70_000)]), 'a', false],
  [filterOf(['+(api|web)/*.{ts,js}']), 'web/a.js', true],
])('%j with %j: %j', (filter, path, expected) => expect(decideDorny(filter, [{ path }]).runs).toBe(expected));

it('asks for the kind of change where the pattern names some', () => {
  const filter: DornyFilter = { ...filterOf([]), rules: [{ pattern: 'a', statuses: ['added', 'modified'] }] };
  expect(decideDorny(filter, [{ path: 'a', status: 'deleted' }]).runs).toBe(false);
  expect(decideDorny(filter, [{ path: 'a', status: 'added' }]).runs).toBe(true);
});

it('sees the first 3000 files of a pull request', () => {
  const files = [...Array.from({ length: 3000 }, (_, i) => ({ path: `docs/${i}` })), { path: 'api/a' }];
  expect(decideDorny(filterOf(['api/**']), files).runs).toBe(true);
  expect(decideDorny(filterOf(['api/**']), files, true)).toEqual({
    runs: false,
    because: 'no file of the first 3000 matches the filter api, and it sees no more',
  });
});
