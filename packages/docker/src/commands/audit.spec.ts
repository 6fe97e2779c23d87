import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { commit, git, temporaryRepository } from '../../testing/temporary-repository.js';
import { auditRules } from '../core/audit/audit-finding.js';

const schema = JSON.parse(readFileSync(join(__dirname, '../../schemas/audit.schema.json'), 'utf8'));

/** The command line in one folder, as a package has it, with all that it needs but Nx. */
const cli = bundleCli();

function bundleCli(): string {
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-cli-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module","version":"1.2.3"}');
  const banner =
    'import { createRequire as $require } from "node:module"; const require = $require(import.meta.url);';
  const shared = [
    '--bundle',
    '--splitting',
    '--format=esm',
    '--platform=node',
    '--chunk-names=commands/[hash]',
    `--banner:js=${banner}`,
  ];
  const external = ['nx', '@nx/devkit', '@actions/expressions'].map((name) => `--external:${name}`);
  const esbuild = require.resolve('esbuild/bin/esbuild');
  const args = [join(__dirname, '../cli.ts'), ...shared, ...external, `--outdir=${join(folder, 'dist')}`];
  execFileSync(esbuild, [...args, '--log-level=error'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const main = 'import { main } from "./dist/cli.js"; process.exitCode = await main(process.argv.slice(2));';
  writeFileSync(join(folder, 'main.js'), main);
  return join(folder, 'main.js');
}

function run(cwd: string, ...args: string[]): { exitCode: number; stdout: string; stderr: string } {
  const stderr = join(mkdtempSync(join(tmpdir(), 'moltbook-docker-out-')), 'stderr');
  const script = `${process.execPath} ${cli} "$@" 2>${stderr}`;
  const read = (exitCode: number, stdout: string) => ({
    exitCode,
    stdout,
    stderr: readFileSync(stderr, 'utf8'),
  });
  try {
    return read(0, execFileSync('sh', ['-c', script, 'sh', ...args], { cwd, encoding: 'utf8' }));
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return read(status, stdout);
  }
}

const workflow = `on:
  push:
    branches: [main]
    paths:
      - services/api/** # its own
jobs:
  api:
    steps:
      - uses: docker/build-push-action@v6
        with:
          context: .
          file: services/api/Dockerfile
`;

/** A repository of Go services: no Nx, no package.json, nothing installed. */
function goServices(): string {
  const root = temporaryRepository({
    'services/api/Dockerfile':
      'FROM golang\nCOPY go.mod ./\nCOPY shared shared\nCOPY services/api services/api\n',
    'services/api/main.go': '',
    'shared/a.go': '',
    'go.mod': '',
    '.github/workflows/api.yml': workflow,
  });
  rmSync(join(root, 'nx.json'));
  commit(root);
  return root;
}

describe('audit where there is no Nx and nothing is installed', () => {
  const root = goServices();

  it('shows a table and what it found, and fails', () => {
    const { exitCode, stdout, stderr } = run(root, 'audit');
    const [head, build, ...findings] = stdout.split('\n');
    expect(head?.split(/ {2,}/)).toEqual(['image', 'built by', 'filter', 'inputs', 'missed']);
    const cells = ['services-api:docker-build', '.github/workflows/api.yml:9', 'paths of on.push', '4', '2'];
    expect(build?.split(/ {2,}/)).toEqual(cells);
    expect(findings.join('\n')).toBe(`
.github/workflows/api.yml:4:5: error: paths of on.push does not cover 2 build inputs of services-api:docker-build: go.mod (services/api/Dockerfile:2 COPY go.mod), shared/a.go (services/api/Dockerfile:3 COPY shared) (input-missed)
  Fix: add go.mod, shared/** to paths of on.push
`);
    expect(stderr).toBe('1 error found in 1 workflow that builds 1 image\n');
    expect(exitCode).toBe(1);
  });

  it('writes JSON as its published schema says, with a replay or without', () => {
    commit(root, { 'shared/a.go': 'package shared' });
    const ajv = new Ajv({ allowUnionTypes: true });
    for (const args of [[], ['--since', 'HEAD~1']]) {
      const { stdout, exitCode } = run(root, 'audit', '--json', ...args);
      ajv.validate(schema, JSON.parse(stdout));
      expect(ajv.errors ?? null).toBeNull();
      expect(exitCode).toBe(1);
      expect('replay' in JSON.parse(stdout)).toBe(args.length > 0);
    }
  });

  it('writes SARIF', () => {
    const [sarif] = JSON.parse(run(root, 'audit', '--sarif').stdout).runs;
    expect(sarif.tool.driver.version).toBe('1.2.3');
    expect(sarif.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(Object.keys(auditRules));
    expect(sarif.results).toMatchObject([
      {
        ruleId: 'input-missed',
        ruleIndex: 0,
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: '.github/workflows/api.yml' },
              region: { startLine: 4, startColumn: 5 },
            },
          },
        ],
      },
    ]);
  });

  it('writes a page beside the table', () => {
    const { stdout } = run(root, 'audit', '--html', 'out/audit.html');
    expect(stdout).toContain('services-api:docker-build');
    expect(readFileSync(join(root, 'out/audit.html'), 'utf8')).toContain('shared/a.go');
    rmSync(join(root, 'out'), { recursive: true });
  });

  it('mends the list, shows the change, and has nothing left to do', () => {
    const mended = run(root, 'audit', '--fix');
    expect(mended.stdout).toContain(`--- a/.github/workflows/api.yml
+++ b/.github/workflows/api.yml
@@ -3,6 +3,8 @@
     branches: [main]
     paths:
       - services/api/** # its own
+      - go.mod
+      - shared/**
 jobs:
   api:
     steps:
`);
    expect(mended.exitCode).toBe(0);
    expect(git(root, 'status', '--porcelain')).toBe('M .github/workflows/api.yml');
    const again = run(root, 'audit', '--fix');
    expect(again.stdout).not.toContain('@@');
    expect(again.stderr).toBe('Nothing found in 1 workflow that builds 1 image\n');
  });
});

it('says that a folder is in no repository', () => {
  const { exitCode, stdout, stderr } = run(mkdtempSync(join(tmpdir(), 'moltbook-docker-none-')), 'audit');
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain('(GIT_FAILED)\n  Fix: ');
});

it.each([
  [['api'], '"api" is no option'],
  [['--json', '--sarif'], '--json and --sarif cannot be given together'],
])('%j is wrong usage', (args, message) => {
  const { exitCode, stderr } = run(tmpdir(), 'audit', ...args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

it('names all rules in its schema', () => {
  expect(schema.$defs.finding.properties.rule.enum).toEqual(Object.keys(auditRules));
});
