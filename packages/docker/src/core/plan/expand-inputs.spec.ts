import { expandInputs, type InputScope } from './expand-inputs.js';

const scope: InputScope = {
  projectRoot: 'apps/$1',
  projectName: 'api',
  namedInputs: {
    default: ['{projectRoot}/**/*', 'sharedGlobals'],
    sharedGlobals: ['{workspaceRoot}/babel.config.json'],
    circle: ['circle', '{workspaceRoot}/circle'],
  },
};

it.each<[unknown, object]>([
  ['...', {}],
  ['{workspaceRoot}/shared/**/*', { globs: ['shared/**/*'] }],
  ['!{projectRoot}/**/*.md', { globs: ['!apps/$1/**/*.md'] }],
  ['{workspaceRoot}/conf/{projectName}.json', { globs: ['conf/api.json'] }],
  ['default', { globs: ['apps/$1/**/*', 'babel.config.json'] }],
  ['circle', { globs: ['circle'] }],
  ['toString', {}],
  ['^default', { ofDependencies: true }],
  [{ input: 'sharedGlobals' }, { globs: ['babel.config.json'] }],
  [{ input: 'default', dependencies: true }, { ofDependencies: true }],
  [{ input: 'default', projects: ['lib', 'self'] }, { projects: ['lib', 'api'] }],
  [{ input: 'default', projects: 'lib' }, { projects: ['lib'] }],
  [{ fileset: '{workspaceRoot}/a' }, { globs: ['a'] }],
  [{ json: '{workspaceRoot}/package.json', fields: ['name'] }, { globs: ['package.json'] }],
  [{ env: 'NODE_ENV' }, {}],
  [{ runtime: 'node -v' }, {}],
  [null, {}],
])('%j', (input, expected) =>
  expect(expandInputs([input], scope)).toEqual({
    globs: [],
    ofDependencies: false,
    projects: [],
    ...expected,
  }),
);

it('knows what Nx means by default where nothing else is said', () => {
  expect(expandInputs(['default'], { ...scope, projectRoot: '.', namedInputs: {} }).globs).toEqual(['**/*']);
});
