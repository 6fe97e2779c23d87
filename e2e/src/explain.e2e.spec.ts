import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { nxMajors, repositoryRoot } from '../support/nx-versions.js';
import { nx, run } from '../support/run.js';
import { createWorkspace } from '../support/workspace.js';

function schema(name: string): object {
  return JSON.parse(
    readFileSync(join(repositoryRoot, `packages/docker/schemas/${name}.schema.json`), 'utf8'),
  );
}

/** What the published schema has against an output. */
function problemsOf(name: string, output: unknown): unknown {
  const ajv = new Ajv({ allowUnionTypes: true });
  ajv.validate(schema(name), output);
  return ajv.errors ?? null;
}

/** What npx runs in this folder; npx takes as long to find it as it runs. */
function moltbookDocker(cwd: string, ...args: string[]) {
  return run(['node', findProgram(cwd), ...args], { cwd, mayFail: true, env: { NX_DAEMON: 'false' } });
}

function findProgram(folder: string): string {
  const program = join(folder, 'node_modules/.bin/moltbook-docker');
  return existsSync(program) || dirname(folder) === folder ? program : findProgram(dirname(folder));
}

describe('in this repository, from source', () => {
  it('explains an image as its published schema says', async () => {
    const { stdout, exitCode } = await moltbookDocker(repositoryRoot, 'explain', 'api', '--json');
    const [report] = JSON.parse(stdout);
    expect(problemsOf('explain', [report])).toBeNull();
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
    expect(problemsOf('explain', reports)).toBeNull();
    expect(reports[0].images.map(({ answer }: { answer: string }) => answer)).toEqual(['read', 'read']);
  });

  it('finds nothing to complain about', async () => {
    const { stdout, exitCode } = await moltbookDocker(repositoryRoot, 'lint', '--json', '--max-warnings=0');
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, []]);
  });

  it('answers a reader that has seen enough without a complaint', async () => {
    const command = `npx moltbook-docker explain api --json --files | head -c 1`;
    const { stdout, stderr } = await run(['bash', '-o', 'pipefail', '-c', command], { cwd: repositoryRoot });
    expect([stdout, stderr]).toEqual(['[', '']);
  });

  it('says what a name might mean', async () => {
    const { stderr, stdout, exitCode } = await moltbookDocker(repositoryRoot, 'explain', 'apy');
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/\n {2}Fix: write api$/);
  });

  it('says how to see the commands where it does not know one', async () => {
    const { stderr, exitCode } = await moltbookDocker(repositoryRoot, 'explode');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Run moltbook-docker --help');
  });
});

it.each(nxMajors)('knows the images that the plugin gives to Nx %i', async (major) => {
  const plugin = '@moltbook/docker/plugin';
  const names = ['api', 'web', 'docs'];
  const root = await createWorkspace({
    major,
    files: {
      'nx.json': JSON.stringify({
        analytics: false,
        plugins: [
          { plugin, include: ['apps/**'], exclude: ['**', '!apps/{api,web}/**', 'apps/web/*.Dockerfile'] },
          { plugin, include: ['apps/.docs/*'], options: { targetName: 'image' } },
        ],
      }),
      'apps/api/project.json': '{"name":"api"}',
      'apps/api/Dockerfile': 'FROM scratch\n',
      'apps/web/project.json': '{"name":"web"}',
      'apps/web/Dockerfile': 'FROM scratch\n',
      'apps/web/old.Dockerfile': 'FROM scratch\n',
      'apps/.docs/project.json': '{"name":"docs"}',
      'apps/.docs/Dockerfile': 'FROM scratch\n',
    },
  });
  const inNx: string[] = [];
  for (const name of names) {
    const { stdout } = await nx(root, ['show', 'project', name, '--json']);
    const { targets = {} } = JSON.parse(stdout) as { targets?: object };
    inNx.push(...Object.keys(targets).map((target) => `${name}:${target}`));
  }
  const explained = await Promise.all(
    names.map(async (name) => (await moltbookDocker(root, 'explain', name, '--json')).stdout),
  );
  const ids = explained.flatMap((text) => (JSON.parse(text) as { id: string }[]).map(({ id }) => id));
  expect(ids.sort()).toEqual(inNx.sort());
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
      /missing\/Dockerfile:2:6: .*project\.jsn.*\(SOURCE_MISSING\)[\s\S]*Fix: write project\.json/,
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
    expect(stderr).toBe('');
  });

  it('makes lint fail, but for projects without an error', async () => {
    const all = await moltbookDocker(root, 'lint', '--json');
    expect(all.exitCode).toBe(1);
    expect(problemsOf('lint', JSON.parse(all.stdout))).toBeNull();
    expect((await moltbookDocker(root, 'lint', 'good')).exitCode).toBe(0);
  });

  it('is explained as the published schema says', async () => {
    for (const [name] of cases) {
      const { stdout } = await moltbookDocker(root, 'explain', name, '--json');
      expect([name, problemsOf('explain', JSON.parse(stdout))]).toEqual([name, null]);
    }
  });
});

describe('advice', () => {
  let root = '';

  beforeAll(async () => {
    root = await createWorkspace({
      files: {
        'api/project.json': '{"name":"api"}',
        'api/Dockerfile': 'FROM scratch\nCOPY . /app\nCOPY api/.env api/src /app/\n',
        'api/.dockerignore': '.env\n',
        'api/.env': 'TOKEN=x\n',
        'api/src/index.js': '',
        'web/project.json': '{"name":"web"}',
        'web/Dockerfile': 'FROM scratch\nCOPY src /app/\n',
        'web/.dockerignore': '*\n!src\n**/*.md\n',
        'web/src/index.js': '',
        'web/src/README.md': '',
      },
    });
  });

  it('has a place and fails lint only if no warning is allowed', async () => {
    const { stdout, exitCode } = await moltbookDocker(root, 'lint');
    expect([exitCode, stdout.match(/^\S+:\d+:\d+: warning: .*$/gm)]).toEqual([
      0,
      [
        'api/.dockerignore:1:1: warning: no build reads api/.dockerignore: the build context of api/Dockerfile is the workspace root (ADVICE)',
        'api/Dockerfile:2:6: warning: this reads the whole workspace, .git and node_modules included (ADVICE)',
        'api/Dockerfile:2:6: warning: api/.env looks like a secret, and this puts it into a layer (ADVICE)',
      ],
    ]);
    expect((await moltbookDocker(root, 'lint', '--max-warnings=2')).exitCode).toBe(1);
    expect((await moltbookDocker(root, 'lint', '--max-warnings=3')).exitCode).toBe(0);
  });

  it('is not needed to know which rule keeps a file out', async () => {
    const { stdout } = await moltbookDocker(join(root, 'web'), 'explain', 'src/README.md');
    expect(stdout).toContain(
      'web:docker-build  does not read it: web/.dockerignore:3 keeps it out (**/*.md)',
    );
    expect(stdout).toContain('api:docker-build  reads it by api/Dockerfile:2: .');
  });

  it('is given even where something else breaks the project graph', async () => {
    writeFileSync(join(root, 'web/project.json'), '{"name":"api"}');
    expect((await nx(root, ['show', 'projects'], { mayFail: true })).exitCode).not.toBe(0);
    const { stdout, stderr, exitCode } = await moltbookDocker(root, 'explain', 'api');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('api/.env looks like a secret');
  });
});
