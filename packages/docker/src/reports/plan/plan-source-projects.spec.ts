import type { NxGraph, NxTarget } from './plan-graph.js';
import { makerSources } from './plan-source-projects.js';

const targets: Record<string, Record<string, NxTarget>> = {
  api: {
    build: { dependsOn: ['^build', 'codegen'] },
    codegen: { inputs: ['{workspaceRoot}/schema.graphql'] },
  },
  lib: { build: { inputs: ['shared', '{projectRoot}/src/**/*', '!{workspaceRoot}/x'] } },
  deep: { build: {}, test: { inputs: ['{workspaceRoot}/jest.config.js'] } },
  other: { build: { inputs: ['{workspaceRoot}/other.json'] } },
  tool: { run: { dependsOn: [{ projects: ['other'], target: 'build' }] } },
};
const graph: NxGraph = {
  nodes: Object.fromEntries(
    Object.entries(targets).map(([name, own]) => [name, { data: { root: `libs/${name}`, targets: own } }]),
  ),
  dependencies: {
    api: [{ target: 'lib' }, { target: 'npm:react' }],
    lib: [{ target: 'deep' }, { target: 'api' }],
  },
};
const namedInputs = { shared: ['{workspaceRoot}/babel.json'], default: ['{workspaceRoot}/conf/*'] };

it.each([
  ['api', 'build', 'libs/api libs/deep libs/lib', 'babel.json conf/* schema.graphql'],
  ['deep', 'build', 'libs/deep', 'conf/*'],
  ['deep', 'test', 'libs/deep', 'jest.config.js'],
  ['tool', 'run', 'libs/other libs/tool', 'conf/* other.json'],
  ['other', 'nothing', 'libs/other', ''],
])('%s:%s is made of %s, and of %s', (projectName, targetName, roots, globs) =>
  expect(makerSources({ projectName, targetName }, graph, namedInputs)).toEqual({
    roots: roots.split(' '),
    globs: globs.split(' ').filter(Boolean),
  }),
);
