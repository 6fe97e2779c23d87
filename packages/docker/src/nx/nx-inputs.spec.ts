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
    ['**/*.spec.ts', '!{workspaceRoot}/**/*.spec.ts'],
  ])('writes the negation of %s as %s', (pattern, input) => {
    expect(nxInputs({ positive: [], negative: [pattern] }, 'api')).toEqual([input]);
  });

  it('writes everything from the workspace root for a project that is the workspace root', () => {
    expect(nxInputs({ positive: ['src/**/*'], negative: [] }, '.')).toEqual(['{workspaceRoot}/src/**/*']);
  });
});
