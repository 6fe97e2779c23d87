import { nxInputs } from './nx-inputs.js';

describe('nxInputs', () => {
  it.each([
    ['package.json', '{workspaceRoot}/package.json'],
    ['**/*', '{workspaceRoot}/**/*'],
    ['api/src/**/*', '{projectRoot}/src/**/*'],
    ['api-client/src/**/*', '{workspaceRoot}/api-client/src/**/*'],
    ['web/app/(auth)/[slug]/**/*', '{workspaceRoot}/web/app/?auth?/?slug?/**/*'],
    ['libs/*/package.json', '{workspaceRoot}/libs/*/package.json'],
    ['a+b@c!.ts', '{workspaceRoot}/a?b?c?.ts'],
  ])('writes %s as %s', (pattern, input) => {
    expect(nxInputs({ positive: [pattern], negative: [] }, 'api')).toEqual([input]);
  });

  it.each([
    ['api/README.md', '!{projectRoot}/README.md'],
    ['web/app/(auth)/[slug]/a.md', '!{workspaceRoot}/web/app/\\(auth\\)/\\[slug\\]/a.md'],
    ['libs/**/*.md', '!{workspaceRoot}/libs/**/*.md'],
    ['api/**/*.md', '!{projectRoot}/**/*.md'],
  ])('writes the negation of %s as %s', (pattern, input) => {
    expect(nxInputs({ positive: [], negative: [pattern] }, 'api')).toEqual([input]);
  });

  it.each(['**/*.spec.ts', 'apps/**/*.spec.ts'])(
    'says the negation of %s for the project, too',
    (pattern) => {
      expect(nxInputs({ positive: [], negative: [pattern] }, 'apps/api')).toEqual([
        `!{workspaceRoot}/${pattern}`,
        '!{projectRoot}/**/*.spec.ts',
      ]);
    },
  );

  it('writes everything from the workspace root for a project that is the workspace root', () => {
    expect(nxInputs({ positive: ['src/**/*'], negative: [] }, '.')).toEqual(['{workspaceRoot}/src/**/*']);
  });
});
