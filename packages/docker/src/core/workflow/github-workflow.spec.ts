import { parse } from 'yaml';
import { sampleShape as base } from '../../../testing/sample-shape.js';
import { githubWorkflow } from './github-workflow.js';
import type { WorkflowShape } from './workflow-shape.js';

const read = (shape: Partial<WorkflowShape> = {}) => parse(githubWorkflow({ ...base, ...shape }));
const runs = (job: { steps: { run?: string }[] }) => job.steps.flatMap(({ run }) => run ?? []);
const uses = (job: { steps: { uses?: string }[] }) =>
  job.steps.flatMap((step) => step.uses?.replace(/@.*/, '') ?? []);

it('has a build job for each wave, and Kubernetes only where manifests name images', () => {
  expect(Object.keys(read().jobs)).toEqual(['plan', 'check', 'build_0', 'publish', 'images']);
  expect(Object.keys(read({ waves: 3, hasKubernetes: true }).jobs)).toEqual([
    'plan',
    'check',
    'build_0',
    'build_1',
    'build_2',
    'publish',
    'references',
    'images',
  ]);
});

it('waits in the last job for all others, and in a wave for all earlier ones', () => {
  const { jobs } = read({ waves: 3, hasKubernetes: true });
  expect(jobs.images.needs).toEqual(Object.keys(jobs).filter((id) => id !== 'images'));
  expect(jobs.build_2.needs).toEqual(['plan', 'build_0', 'build_1']);
});

it('lets a job do only what it is for', () => {
  const { jobs, permissions } = read({ hasKubernetes: true, options: { attest: true } });
  const granted = Object.fromEntries(
    Object.entries<{ permissions: unknown }>(jobs).map(([id, job]) => [id, job.permissions]),
  );
  expect(permissions).toEqual({});
  expect(granted).toEqual({
    plan: { contents: 'read', packages: 'read' },
    check: { contents: 'read' },
    build_0: { contents: 'read', packages: 'write' },
    publish: { contents: 'read', packages: 'write', 'id-token': 'write', attestations: 'write' },
    references: { contents: 'write', packages: 'read' },
    images: {},
  });
});

describe('with cosign', () => {
  const env = (job: { steps: { env?: object }[] }) => Object.assign({}, ...job.steps.map((step) => step.env));

  it('is none where nobody asks for it', () => {
    expect(githubWorkflow({ ...base, hasKubernetes: true })).not.toContain('cosign');
  });

  it('a job without a key proves who it is, and no other job can', () => {
    const text = githubWorkflow({ ...base, signing: { keyless: true, secrets: [] } });
    expect(text.match(/id-token: write/g)).toHaveLength(1);
    const { publish } = parse(text).jobs;
    expect(publish.permissions).toEqual({ contents: 'read', packages: 'write', 'id-token': 'write' });
    expect(uses(publish)).toContain('sigstore/cosign-installer');
  });

  it('a key and its password are secrets of the job that signs', () => {
    const secrets = ['COSIGN_PRIVATE_KEY', 'COSIGN_PASSWORD'];
    const text = githubWorkflow({ ...base, waves: 2, signing: { keyless: false, secrets } });
    expect(text).not.toContain('id-token');
    expect(text.match(/secrets\.COSIGN/g)).toHaveLength(2);
    expect(env(parse(text).jobs.publish)).toMatchObject({
      COSIGN_PRIVATE_KEY: '${{ secrets.COSIGN_PRIVATE_KEY }}',
      COSIGN_PASSWORD: '${{ secrets.COSIGN_PASSWORD }}',
    });
  });

  it('the job that writes manifests verifies', () => {
    const { references, publish } = read({ hasKubernetes: true, verifies: true }).jobs;
    expect(uses(references)).toContain('sigstore/cosign-installer');
    expect(uses(publish)).not.toContain('sigstore/cosign-installer');
  });
});

it('asks for no right to packages where the registry is not GitHub’s', () => {
  const text = githubWorkflow({
    ...base,
    registries: ['registry.example.com'],
    options: { registryLogin: { username: 'REGISTRY_USER', password: 'REGISTRY_PASSWORD' } },
  });
  expect(text).not.toContain('packages:');
  expect(text).toContain('registry: registry.example.com\n');
  expect(text).toContain('username: ${{ vars.REGISTRY_USER }}');
  expect(text).toContain('password: ${{ secrets.REGISTRY_PASSWORD }}');
});

it('logs in after all code of the workspace, and never for a pull request', () => {
  const { jobs } = read();
  expect(uses(jobs.check)).not.toContain('docker/login-action');
  const order = jobs.build_0.steps.map(({ uses: action, run }: { uses?: string; run?: string }) =>
    (run ?? action ?? '').replace(/@.*/, '').replace(/^npx --no-install moltbook-docker (ci \w+).*/s, '$1'),
  );
  expect(order.slice(2)).toEqual([
    'npm ci --ignore-scripts',
    'actions/download-artifact',
    'ci prepare',
    'docker/setup-buildx-action',
    'docker/login-action',
    'actions/github-script',
    'ci build',
    'actions/upload-artifact',
  ]);
  const login = jobs.plan.steps.find(({ uses: action }: { uses?: string }) => action?.includes('login'));
  expect(login.if).toBe("${{ (github.event_name == 'push' || github.event_name == 'workflow_dispatch') }}");
});

it.each([
  [{ name: 'npm', hasLockfile: true }, 'npm ci --ignore-scripts', 'npx --no-install moltbook-docker'],
  [{ name: 'npm', hasLockfile: false }, 'npm install --ignore-scripts', 'npx --no-install moltbook-docker'],
  [
    { name: 'pnpm', hasLockfile: true },
    'pnpm install --frozen-lockfile --ignore-scripts',
    'pnpm exec moltbook',
  ],
  [
    { name: 'yarn', hasLockfile: true },
    'yarn install --frozen-lockfile --ignore-scripts',
    'yarn --silent run',
  ],
  [{ name: 'berry', hasLockfile: true }, 'yarn install --immutable --mode=skip-build', 'yarn run moltbook'],
  [{ name: 'bun', hasLockfile: true }, 'bun install --frozen-lockfile --ignore-scripts', 'bunx --no-install'],
] as const)('installs with %j', (packageManager, install, cli) => {
  const { jobs } = read({ packageManager });
  for (const job of [jobs.plan, jobs.check, jobs.build_0, jobs.publish]) expect(runs(job)).toContain(install);
  expect(runs(jobs.publish).at(-1)).toContain(cli);
});

it.each([
  [{}, ['linux/amd64=ubuntu-24.04']],
  [
    { platforms: ['linux/amd64', 'linux/arm64'] },
    ['linux/amd64=ubuntu-24.04', 'linux/arm64=ubuntu-24.04-arm'],
  ],
  [{ platforms: ['linux/arm64'], options: { runners: { 'linux/arm64': 'arm' } } }, ['linux/arm64=arm']],
])('gives each platform of %j its runner', (shape, runners) => {
  const [plan = ''] = runs(read(shape).jobs.plan).slice(-1);
  expect([...plan.matchAll(/--runner (\S+)/g)].map(([, runner]) => runner)).toEqual(runners);
  expect(githubWorkflow({ ...base, ...shape })).not.toContain('qemu');
});

it('emulates only what no runner has', () => {
  const { jobs } = read({ platforms: ['linux/amd64', 'linux/s390x'] });
  expect(uses(jobs.build_0)).toContain('docker/setup-qemu-action');
  expect(uses(jobs.check)).toContain('docker/setup-qemu-action');
});

it.each([
  [5, undefined, '--cache gha', true],
  [6, undefined, '--cache registry', false],
  [6, 'gha', '--cache gha', true],
  [1, 'none', '--cache none', false],
] as const)('with %i images and the cache %s uses %s', (images, cache, flag, hasToken) => {
  const { jobs } = read({ images, options: cache ? { cache } : {} });
  expect(runs(jobs.build_0).at(-1)).toContain(flag);
  expect(runs(jobs.build_0).at(-1)?.includes('--cache-write')).toBe(cache !== 'none');
  expect(runs(jobs.check).at(-1)).not.toContain('--cache-write');
  expect(uses(jobs.build_0).includes('actions/github-script')).toBe(hasToken);
});

it('runs everything on one runner where that is asked for', () => {
  const { jobs } = read({
    waves: 3,
    options: { strategy: 'single' },
    targets: ['docker-build', 'docker-build-worker'],
  });
  expect(Object.keys(jobs)).toEqual(['plan', 'check', 'build_0', 'publish', 'images']);
  expect([jobs.check.strategy, jobs.build_0.strategy]).toEqual([undefined, undefined]);
  expect(runs(jobs.check).at(-1)).toContain(
    'npx --no-install nx affected -t docker-build docker-build-worker ',
  );
});

it('writes nothing that is read as an expression, a pattern or YAML', () => {
  const branch = "it's+{{x}}";
  const { on, jobs } = read({
    options: { branch, tagPattern: "v'*" },
    hasKubernetes: true,
    targets: ['a${{b}}'],
  });
  expect(on.push).toEqual({ branches: ["it's\\+{{x}}"], tags: ["v'*"] });
  expect(jobs.references.if).toContain("github.ref == 'refs/heads/it''s+{{x}}'");
  expect(jobs.references.steps.at(-1).env.BRANCH).toBe(branch);
  const single = githubWorkflow({ ...base, targets: ["a${{b}} 'c'"], options: { strategy: 'single' } });
  const emulated = read({ platforms: ['a${{b}}'] }).jobs.build_0.steps;
  expect(JSON.stringify(emulated)).toContain("a${{ '${{' }}b}}");
  expect(single).toContain(`nx affected -t 'a$''{{b}} '\\''c'\\'''`);
});

it('keeps what stands between the marks, and gives a new wave what the first one has', () => {
  const regions = new Map([
    ['build_0 steps', ['      - run: echo before']],
    ['jobs', ['  scan: # mine', '    runs-on: ubuntu-24.04', '    steps: [{ run: echo }]']],
    ['env', ["  EXTRA: '1'"]],
  ]);
  const { env, jobs } = parse(githubWorkflow({ ...base, waves: 2 }, regions));
  expect(env.EXTRA).toBe('1');
  for (const job of [jobs.build_0, jobs.build_1]) expect(runs(job)[1]).toBe('echo before');
  expect(runs(jobs.check)).not.toContain('echo before');
  expect(jobs.images.needs).toContain('scan');
});

it('takes pins of actions from the options', () => {
  const pin = `${'a'.repeat(40)} # v9.9.9`;
  const text = githubWorkflow({ ...base, options: { pins: { 'actions/checkout': pin } } });
  expect(text.match(/actions\/checkout@.*/g)).toEqual(Array(4).fill(`actions/checkout@${pin}`));
});

it('runs on a schedule where one is given, and trusts it', () => {
  const { on, jobs } = read({ options: { schedule: '0 3 * * 1' } });
  expect(on.schedule).toEqual([{ cron: '0 3 * * 1' }]);
  expect(jobs.build_0.if).toContain("github.event_name == 'schedule'");
});
