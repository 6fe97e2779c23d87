import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { githubWorkflow } from '../../packages/docker/src/core/workflow/github-workflow.js';
import { knownBadCommits, pinnedActions } from '../../packages/docker/src/core/workflow/pins.js';
import type { WorkflowShape } from '../../packages/docker/src/core/workflow/workflow-shape.js';
import { sampleShape as base } from '../../packages/docker/testing/sample-shape.js';
import { repositoryRoot } from '../support/nx-versions.js';
import { run } from '../support/run.js';
import { actionInputs } from '../support/workflow-checks/action-inputs.js';
import { actionlint } from '../support/workflow-checks/actionlint.js';
import { checkWorkflowPolicy } from '../support/workflow-checks/check-workflow-policy.js';
import { languageService } from '../support/workflow-checks/language-service.js';
import { pinRules } from '../support/workflow-checks/pin-rules.js';
import { readWorkflow } from '../support/workflow-checks/read-workflow.js';
import { shellcheck } from '../support/workflow-checks/shellcheck.js';

const both = ['linux/amd64', 'linux/arm64'];
const sizes = [1, 2, 300].flatMap((images) =>
  [1, 3].flatMap((waves) =>
    [[], both].flatMap((platforms) =>
      [false, true].map((hasKubernetes) => ({ images, waves, platforms, hasKubernetes })),
    ),
  ),
);
const kinds: Partial<WorkflowShape>[] = [
  { options: { cache: 'gha' }, images: 300 },
  { options: { cache: 'registry' } },
  { options: { cache: 'none', timeoutMinutes: 120 } },
  { options: { strategy: 'single' } },
  { options: { strategy: 'single', attest: true }, waves: 3, platforms: both, hasKubernetes: true },
  { options: { attest: true, provenance: 'max', sbom: true } },
  { options: { schedule: '0 3 * * 1', tagPattern: 'release-*' } },
  { options: { branch: "it's-$(touch+MARK)-{{x}}" }, hasKubernetes: true },
  { options: { references: 'pull-request' } },
  { options: { references: 'none' }, hasKubernetes: true },
  { signing: { keyless: true, secrets: [] }, verifies: true, hasKubernetes: true },
  {
    signing: { keyless: false, secrets: ['COSIGN_PRIVATE_KEY', 'COSIGN_PASSWORD'] },
    options: { attest: true },
  },
  { options: { runners: { 'linux/amd64': 'self-hosted', 'linux/arm64': 'my-arm' } }, platforms: both },
  { platforms: ['linux/s390x'] },
  {
    registries: ['docker.io', 'registry.example.com:5000'],
    options: { registryLogin: { username: 'REGISTRY_USER', password: 'REGISTRY_PASSWORD' } },
  },
  { packageManager: { name: 'npm', hasLockfile: false }, node: { file: '.nvmrc' } },
  { packageManager: { name: 'pnpm', hasLockfile: true } },
  { packageManager: { name: 'pnpm', hasLockfile: true, version: '10' } },
  { packageManager: { name: 'yarn', hasLockfile: true } },
  { packageManager: { name: 'berry', hasLockfile: true } },
  { packageManager: { name: 'bun', hasLockfile: true } },
];
const hostile = `it's "$(touch MARK)" \${{ github.token }} ; touch MARK`;
const hostileShapes: Partial<WorkflowShape>[] = [
  { options: { strategy: 'single' }, targets: ['docker-build', hostile] },
  { platforms: [hostile] },
];
const shapes = [...sizes, ...kinds, ...hostileShapes].map((shape) => ({ ...base, ...shape }));
const workflows = new Map(shapes.map((shape) => [JSON.stringify(shape), githubWorkflow(shape)]));

it('is about as many different workflows as it says', () => {
  expect(new Set(workflows.values()).size).toBeGreaterThan(30);
});

describe.each([...workflows])('the workflow for %s', (_, text) => {
  it('has nothing against it by actionlint', async () => {
    expect(await actionlint(text)).toEqual([]);
  });

  it('has nothing against it by the language service of GitHub', async () => {
    expect(await languageService(text)).toEqual([]);
  });

  it('keeps the rules of this project', () => {
    expect(checkWorkflowPolicy(text)).toEqual([]);
  });

  it('stays far below what GitHub reads', () => {
    expect(text.length).toBeLessThan(64 * 1024);
  });
});

it('has scripts that shellcheck has nothing against', async () => {
  const scripts = new Set(
    [...workflows.values()].flatMap(scriptsOf).filter((script) => !script.includes('MARK')),
  );
  expect(scripts.size).toBeGreaterThan(30);
  expect(await shellcheck([...scripts])).toEqual([]);
});

it.each(hostileShapes)('passes on as one word whatever a name holds: %j', async (shape) => {
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-hostile-'));
  const scripts = scriptsOf(githubWorkflow({ ...base, ...shape })).filter((script) =>
    script.includes('MARK'),
  );
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) {
    const stub = `npx() { printf '<%s>\\n' "$@"; }\nnode() { echo; }\n${script}`;
    const { stdout } = await run(['bash', '-eo', 'pipefail', '-c', stub], {
      cwd: folder,
      env: { RUNNER_TEMP: folder },
    });
    expect(stdout).toMatch(new RegExp(`^<${escapeRegExp(hostile)}(=ubuntu-24.04)?>$`, 'm'));
  }
  expect(readdirSync(folder)).toEqual([]);
});

describe('the scripts for one runner', () => {
  const { check, build_0: build } = parse(
    githubWorkflow({
      ...base,
      options: { strategy: 'single' },
      targets: ['docker-build', 'docker-build-web'],
    }),
  ).jobs;
  const plan = (base: string | null) => ({ base, waves: [[{ id: 'base' }, { id: 'web' }], [{ id: 'api' }]] });

  /** The commands that a script runs, without doing what they say. */
  async function commandsOf(script: string, content: object): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-single-'));
    mkdirSync(join(folder, 'plan'));
    writeFileSync(join(folder, 'plan/plan.json'), JSON.stringify(content));
    const text = `npx() { echo "$@"; }\n${script}`;
    const { stdout } = await run(['bash', '-eo', 'pipefail', '-c', text], {
      cwd: folder,
      env: { RUNNER_TEMP: folder },
    });
    return stdout.replaceAll(folder, '').split('\n');
  }

  it('build each job of the plan, wave after wave, from the records of those before', async () => {
    const [, prepare, push] = scriptsIn(build);
    const job = '--plan /plan/plan.json --job';
    expect(await commandsOf(prepare ?? '', plan(null))).toEqual(
      ['base', 'web', 'api'].map((id) => `--no-install moltbook-docker ci prepare ${job} ${id}`),
    );
    expect(await commandsOf(push ?? '', plan(null))).toEqual(
      ['base', 'web', 'api'].map(
        (id) =>
          `--no-install moltbook-docker ci build ${job} ${id} --records /records --out /records --push --cache gha --cache-write`,
      ),
    );
  });

  it.each([
    ['a1b2c3', 'affected -t docker-build docker-build-web --base=a1b2c3 --head=HEAD'],
    [null, 'run-many -t docker-build docker-build-web'],
  ])('check what changed since the base %s', async (since, command) => {
    const script = scriptsIn(check).at(-1) ?? '';
    expect(await commandsOf(script, plan(since))).toEqual([`--no-install nx ${command}`]);
  });
});

it('knows the inputs of all pinned actions', () => {
  expect(Object.keys(actionInputs).sort()).toEqual([...pinnedActions].sort());
});

describe.each(['docker.yml', 'ci.yml'])('%s of this repository', (name) => {
  const text = readFileSync(join(repositoryRoot, '.github/workflows', name), 'utf8');

  it('has nothing against it by any of the checks', async () => {
    const rules = name === 'docker.yml' ? checkWorkflowPolicy(text) : pinRules(readWorkflow(text));
    expect([...(await actionlint(text)), ...(await languageService(text)), ...rules]).toEqual([]);
    expect(await shellcheck(scriptsOf(text))).toEqual([]);
  });
});

/** Faults that a check has to find: a check that finds nothing in them would find nothing at all. */
describe('finds a fault', () => {
  const sound = githubWorkflow({ ...base, waves: 3, hasKubernetes: true, options: { attest: true } });
  const policy = async (text: string) => checkWorkflowPolicy(text);

  it.each<[string, (text: string) => Promise<string[]>, RegExp, string]>([
    ['an unknown job', actionlint, /needs: \[plan, build_0\]/, 'needs: [plan, build_9]'],
    ['an unknown context', actionlint, /steps\.plan\.outputs\.publish/, 'step.plan.outputs.publish'],
    ['an unknown input', languageService, /merge-multiple: true/, 'merge_multiple: true'],
    ['an unknown right', languageService, /packages: write/, 'package: write'],
    ['an unquoted variable', (text) => shellcheck(scriptsOf(text)), /"\$JOB_ID"/, '$JOB_ID'],
    ['a tag in place of a commit', policy, /checkout@\w+ # v\S+/, 'checkout@v7'],
    ['no version beside', policy, / # v7\.0\.1/, ''],
    ['a commit that steals', policy, /checkout@\w+/, `checkout@${knownBadCommits[0]}`],
    ['an expression in a script', policy, /"\$JOB_ID"/, '"$${{ matrix.id }}"'],
    ['no rights of its own', policy, /permissions:\n {6}contents: read\n {4}strategy/, 'strategy'],
    ['rights for a pull request', policy, /contents: read\n {4}strategy/, 'packages: write\n    strategy'],
    ['no timeout', policy, / {4}timeout-minutes: 5\n/, ''],
    ['credentials that stay', policy, /persist-credentials: false/, 'persist-credentials: true'],
    ['no word on credentials', policy, / {10}persist-credentials: false\n/, ''],
    ['no status function', policy, /!cancelled\(\) && needs\.publish/, 'needs.publish'],
    ['no guard', policy, / && needs\.plan\.outputs\.count_0 != '0'/, ''],
    ['a gate that does not wait', policy, /publish, references\]/, 'publish]'],
    ['a gate that may be skipped', policy, /always\(\)/, 'success()'],
    ['a package cache beside rights', policy, /package-manager-cache: false/, 'cache: npm'],
    ['one artifact for all', policy, /name: records-.*/, 'name: records'],
    ['a filter by paths', policy, /pull_request:/, 'pull_request:\n    paths: [api/**]'],
    ['rights for code of others', policy, /pull_request:/, 'pull_request_target:'],
    ['no history', policy, / {10}fetch-depth: 0\n/, ''],
    ['cancelling what publishes', policy, /cancel-in-progress: false/, 'cancel-in-progress: true'],
  ])('%s', async (_, check, from, to) => {
    const text = sound.replace(from, to);
    expect(text === sound).toBe(false);
    expect(await check(text)).not.toEqual([]);
  });
});

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

interface ScriptJob {
  readonly steps: readonly { readonly run?: string }[];
}

function scriptsOf(text: string): string[] {
  return Object.values<ScriptJob>(parse(text).jobs).flatMap(scriptsIn);
}

function scriptsIn({ steps }: ScriptJob): string[] {
  return steps.flatMap(({ run: script }) => (script === undefined ? [] : [script]));
}
