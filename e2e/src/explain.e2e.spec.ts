import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { repositoryRoot } from '../support/nx-versions.js';
import { nx, run } from '../support/run.js';
import { createWorkspace } from '../support/workspace.js';

function schema(name: string): object {
  return JSON.parse(
    readFileSync(join(repositoryRoot, `packages/docker/schemas/${name}.schema.json`), 'utf8'),
  );
}

function moltbookDocker(cwd: string, ...args: string[]) {
  return run(['npx', 'moltbook-docker', ...args], { cwd, mayFail: true, env: { NX_DAEMON: 'false' } });
}

describe('in this repository, from source', () => {
  it('explains an image as its published schema says', async () => {
    const { stdout, exitCode } = await moltbookDocker(repositoryRoot, 'explain', 'api', '--json');
    const [report] = JSON.parse(stdout);
    expect(new Ajv({ allowUnionTypes: true }).validate(schema('explain'), [report])).toBe(true);
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({ id: 'api:docker-build', buildContext: { folder: '.' }, problems: [] });
    expect(report.files.map(({ path }: { path: string }) => path)).toContain(
      'packages/contracts/src/index.js',
    );
  });

  it('explains a file from a subfolder', async () => {
    const { stdout } = await moltbookDocker(
      join(repositoryRoot, 'packages/contracts'),
      'explain',
      'src/index.js',
      '--json',
    );
    const reports = JSON.parse(stdout);
    expect(new Ajv({ allowUnionTypes: true }).validate(schema('explain'), reports)).toBe(true);
    expect(reports[0].images.map(({ answer }: { answer: string }) => answer)).toEqual(['read', 'read']);
  });

  it('finds nothing to complain about', async () => {
    const { stdout, exitCode } = await moltbookDocker(repositoryRoot, 'lint', '--json', '--max-warnings=0');
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, []]);
  });

  it('says what a name might mean', async () => {
    const { stderr, stdout, exitCode } = await moltbookDocker(repositoryRoot, 'explain', 'apy');
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('Fix: write api');
  });

  it('shows its usage for a command that it does not know', async () => {
    const { stderr, exitCode } = await moltbookDocker(repositoryRoot, 'explode');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Usage: moltbook-docker <command>');
  });
});

describe('bad input', () => {
  const cases: [string, string, RegExp][] = [
    [
      'circular',
      'FROM b AS a\nFROM a AS b\nCOPY --from=c / /\nFROM b AS c\n',
      /circular\/Dockerfile:\d+:\d+/,
    ],
    ['flag', 'FROM scratch\nCOPY --form=x a /a\n', /flag\/Dockerfile:2:6: .*--form/],
    [
      'missing',
      'FROM scratch\nCOPY project.jsn /a\n',
      /missing\/Dockerfile:2:6: .*project\.jsn.*\(SOURCE_MISSING\)/,
    ],
    [
      'ignored',
      'FROM scratch\nCOPY project.json /a\n',
      /ignored\/Dockerfile:2:6: .*line 1 of ignored\/\.dockerignore/,
    ],
    ['variable', 'FROM scratch\nARG X=y\nCOPY --from=$X a /a\n', /variable\/Dockerfile:3:/],
    ['reference', 'FROM Not/A::Reference\n', /reference\/Dockerfile:1:/],
    ['bytes', 'FROM scratch\nCOPY a\xff\xfe /a\nCPOY b /b\n', /bytes\/Dockerfile:3:1: /],
    [
      'large',
      `FROM scratch\n${`# ${'x'.repeat(62)}\n`.repeat(10_000_000 / 65)}CPOY a /a\n`,
      /large\/Dockerfile:\d+:1: /,
    ],
  ];
  let root = '';

  beforeAll(async () => {
    const projects = cases.map(([name]) => [`${name}/project.json`, JSON.stringify({ name })]);
    const files = Object.fromEntries([...projects, ['ignored/.dockerignore', 'project.json\n']]);
    root = await createWorkspace({
      files: { ...files, 'good/project.json': '{"name":"good"}', 'good/Dockerfile': 'FROM scratch\n' },
    });
    for (const [name, text] of cases)
      writeFileSync(join(root, name, 'Dockerfile'), Buffer.from(text, 'latin1'));
  });

  it('never breaks the graph', async () => {
    const { stdout } = await nx(root, ['show', 'projects', '--with-target', 'docker-build', '--json']);
    expect((JSON.parse(stdout) as string[]).sort()).toEqual([...cases.map(([name]) => name), 'good'].sort());
  });

  it.each(cases)('%s is explained with place and fix', async (name, _, place) => {
    const { stdout, stderr, exitCode } = await moltbookDocker(root, 'explain', name);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(place);
    expect(stdout).toMatch(/\n {2}Fix: \S/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('makes lint fail, but for projects without an error', async () => {
    expect((await moltbookDocker(root, 'lint')).exitCode).toBe(1);
    expect((await moltbookDocker(root, 'lint', 'good')).exitCode).toBe(0);
  });
});
