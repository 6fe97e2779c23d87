import type { Plan } from '../core/plan/plan.js';
import { chooseCache } from './choose-cache.js';

const names = ['GITHUB_ACTIONS', 'GITHUB_EVENT_NAME', 'GITLAB_CI', 'ACTIONS_RUNTIME_TOKEN'];
const original = names.map((name) => [name, process.env[name]] as const);
let printed: jest.SpyInstance;

beforeEach(() => {
  for (const name of names) delete process.env[name];
  printed = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const [name, value] of original) if (value !== undefined) process.env[name] = value;
});

function planOf(count: number): Plan {
  return { images: Array(count).fill({}), unchanged: [] } as unknown as Plan;
}

it.each([
  ['nothing on a developer’s machine', {}, undefined, {}, 1, 'none'],
  ['what is given, wherever it runs', {}, 'registry', {}, 1, 'registry'],
  [
    'GitHub’s for few images',
    { GITHUB_EVENT_NAME: 'push', ACTIONS_RUNTIME_TOKEN: 'x' },
    undefined,
    {},
    5,
    'gha',
  ],
  [
    'the registry’s for many',
    { GITHUB_EVENT_NAME: 'push', ACTIONS_RUNTIME_TOKEN: 'x' },
    undefined,
    {},
    6,
    'registry',
  ],
  ['the registry’s on GitLab', { GITLAB_CI: 'true' }, undefined, {}, 1, 'registry'],
  ['that of the options', { GITHUB_EVENT_NAME: 'push' }, undefined, { cache: 'none' }, 1, 'none'],
  ['what is given before the options', { GITLAB_CI: 'true' }, 'none', { cache: 'registry' }, 1, 'none'],
] as const)('takes %s', (_, env, given, ci, images, cache) => {
  Object.assign(process.env, env);
  expect(chooseCache(given, { ci, plan: planOf(images) })).toBe(cache);
  expect(printed).not.toHaveBeenCalled();
});

it('warns where GitHub’s cache would do nothing', () => {
  Object.assign(process.env, { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push' });
  expect(chooseCache('gha', { ci: {}, plan: planOf(1) })).toBe('none');
  expect(String(printed.mock.calls[0]?.[0])).toMatch(
    /^::warning::GitHub's cache is not used: ACTIONS_RUNTIME_TOKEN/,
  );
});
