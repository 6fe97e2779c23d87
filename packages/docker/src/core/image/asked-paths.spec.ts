import { compileAsked } from './asked-paths.js';
import { indexFiles } from './file-index.js';

const links = {
  'app/current': 'v1',
  'app/v1/up': '../../../shared',
  'app/v1/abs': '/shared/b',
  'app/loop': 'loop',
};
const index = indexFiles([
  ...['app/v1/a', 'app/shared/b', 'app/src/[id].ts', 'app/src/i.ts'].map((path) => ({ path })),
  ...Object.entries(links).map(([path, link]) => ({ path, link, mode: 'symlink' as const })),
]);

test.each([
  [['src'], 'src/i.ts', true],
  [['src'], 'v1/a', false],
  [['.'], 'v1/a', true],
  [['**'], 'v1/a', true],
  [['s*/i.ts'], 'src/i.ts', true],
  [['s*/i.ts'], 'src', false],
  [['*/i.ts'], 'src', true],
  [['src/[id].ts'], 'src/[id].ts', false],
  [['src/[id].ts'], 'src/i.ts', true],
  [['src/[[]id].ts'], 'src/[id].ts', true],
  [['current/a'], 'v1/a', true],
  [['current/a'], 'current', true],
  [['c*/a'], 'v1/a', true],
  [['v*/up'], 'shared/b', false],
  [['v1/up'], 'shared/b', true],
  [['v1/*'], 'shared/b', true],
  [['current/abs'], 'shared/b', true],
  [['current/a', 'current/abs'], 'v1/abs', false],
  [['loop/a'], 'loop', true],
])('asked for %j, sends %s: %s', (asked, path, expected) => {
  expect(compileAsked(asked, 'app', index)(path)).toBe(expected);
});
