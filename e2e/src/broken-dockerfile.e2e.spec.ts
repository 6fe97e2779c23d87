import { removeImages } from '../support/engine.js';
import { nx } from '../support/run.js';
import { createWorkspace } from '../support/workspace.js';

const good = {
  'good/project.json': '{"name":"good"}',
  'good/Dockerfile': 'FROM scratch\nCOPY Dockerfile /\n',
};
const echo = { command: 'echo tested' };

afterAll(() => removeImages('good'));

describe.each([
  ['a syntax error', 'FROM scratch\nCOPY <<EOF /a\nnever ends\n', 'bad/Dockerfile:2:'],
  ['an unknown instruction', 'FROM scratch\nCPOY a /a\n', 'bad/Dockerfile:2:1'],
  ['an unknown flag', 'FROM scratch\nCOPY --form=x a /a\n', 'bad/Dockerfile:2:6'],
  [
    'circular stages',
    'FROM scratch AS a\nCOPY --from=b / /\nFROM scratch AS b\nCOPY --from=a / /\n',
    'bad/Dockerfile:4:1',
  ],
  ['an empty file', '', 'bad/Dockerfile:1:1'],
])('a Dockerfile with %s', (_, dockerfile, place) => {
  let root = '';
  beforeAll(async () => {
    root = await createWorkspace({
      files: {
        ...good,
        'bad/project.json': JSON.stringify({ name: 'bad', targets: { test: echo } }),
        'bad/Dockerfile': dockerfile,
      },
    });
  });

  it('leaves other Nx commands and the other image alone', async () => {
    const projects = await nx(root, ['show', 'projects', '--json']);
    expect((JSON.parse(projects.stdout) as string[]).sort()).toEqual(['bad', 'good']);
    expect((await nx(root, ['test', 'bad'])).stdout).toContain('tested');
    expect((await nx(root, ['docker-build', 'good'])).stdout).toMatch(
      /good:local (?:is built|already holds these inputs)/,
    );
  });

  it('fails its own build with the place and the fix', async () => {
    const { exitCode, stdout, stderr } = await nx(root, ['docker-build', 'bad'], { mayFail: true });
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toContain(place);
    expect(stdout + stderr).toMatch(/\n {2}Fix: \S/);
    expect(stdout + stderr).not.toMatch(/\n\s+at .*\.js:\d/);
  });
});

it('a source that is missing or ignored is named before the engine is asked', async () => {
  const root = await createWorkspace({
    files: {
      ...good,
      'bad/project.json': '{"name":"bad"}',
      'bad/Dockerfile': 'FROM scratch\nCOPY secret.txt /\n',
      'bad/.dockerignore': '*.txt\n',
      'bad/secret.txt': '',
    },
  });
  const { exitCode, stdout, stderr } = await nx(root, ['docker-build', 'bad'], { mayFail: true });
  expect(exitCode).toBe(1);
  expect(stdout + stderr).toMatch(
    /bad\/Dockerfile:2:6: .*line 1 of bad\/\.dockerignore.* \(SOURCE_IGNORED\)/,
  );
});

it('without an engine a build says what was tried and what to do', async () => {
  const root = await createWorkspace({ files: good });
  const env = {
    DOCKER_HOST: 'unix:///nowhere.sock',
    PATH: `${process.execPath.replace(/\/[^/]+$/, '')}:/bin`,
  };
  const { exitCode, stdout, stderr } = await nx(root, ['docker-build', 'good'], { mayFail: true, env });
  expect(exitCode).toBe(1);
  expect(stdout + stderr).toMatch(
    /no engine that can build images was found[\s\S]*tried [\s\S]*ENGINE_MISSING[\s\S]*Fix: start Docker/,
  );
});
