import { findProducer } from './build-outputs.js';

const projects = {
  web: {
    name: 'web',
    targets: { bundle: { options: { outputPath: 'out/web' }, outputs: ['{options.outputPath}'] } },
  },
  api: { name: '@acme/api', targets: { generate: { options: {}, outputs: ['{projectRoot}/gen/**/*.js'] } } },
  'libs/a': {
    name: 'a',
    targets: { build: { options: {}, outputs: ['{workspaceRoot}/dist/{projectName}'] } },
  },
  '.': { name: 'root', targets: { bundle: { options: {}, outputs: ['{workspaceRoot}/dist/all'] } } },
};
const reader = {
  isProject: (folder: string) => Object.hasOwn(projects, folder),
  facts: (folder: string) => projects[folder as keyof typeof projects],
};

it.each([
  ['api/gen/x.js', '@acme/api:generate'],
  ['api/gen', '@acme/api:generate'],
  ['api/dist/main.js', '@acme/api:build'],
  ['web/.next/standalone', 'web:build'],
  ['dist/web', 'web:build'],
  ['dist/libs/a/x', 'a:build'],
  ['libs/a/build', 'a:build'],
  ['dist/all/x', 'root:bundle'],
])('%s is made by %s', (path, id) => {
  const producer = findProducer(path, reader);
  expect(producer && `${producer.projectName}:${producer.targetName}`).toBe(id);
});

it.each(['api/src/missing.js', 'missing.txt', 'api/distance', 'dist/main.js'])(
  '%s is made by nothing',
  (path) => {
    expect(findProducer(path, reader)).toBeUndefined();
  },
);
