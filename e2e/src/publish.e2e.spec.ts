import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { repositoryRoot } from '../support/nx-versions.js';
import { git, nx, type RunResult, run } from '../support/run.js';
import { commitAll, createWorkspace, writeFiles } from '../support/workspace.js';

const host = process.env.MOLTBOOK_REGISTRY ?? '';
const owner = `${host}/publish-${randomBytes(4).toString('hex')}`;
const platforms = ['linux/amd64', 'linux/arm64'];

let root = '';
let work = '';

beforeAll(async () => {
  expect(host).not.toBe('');
  root = await createWorkspace({
    plugin: {
      registry: owner,
      platforms,
      ci: { cache: 'registry', provenance: 'min' },
      publish: { annotations: ['org.example.team=shop', 'index:org.example.index=all'] },
      kubernetes: { paths: ['k8s'] },
    },
    files: {
      'base/project.json': '{"name":"base"}',
      'base/Dockerfile': 'FROM scratch\nCOPY version /version\n',
      'base/version': 'one',
      'app/project.json': JSON.stringify({
        name: 'app',
        targets: {
          compile: { command: 'node app/compile.cjs', outputs: ['{projectRoot}/dist'] },
        },
      }),
      'app/compile.cjs': `const { mkdirSync, writeFileSync } = require('node:fs');
        mkdirSync('app/dist', { recursive: true });
        writeFileSync('app/dist/x', '');`,
      'k8s/app.yml': `kind: Pod\nspec:\n  containers:\n    - image: ${owner}/app # ours\n    - image: postgres:16\n`,
      'app/Dockerfile': `FROM ${owner}/base\nCOPY dist /dist\n`,
    },
  });
  work = mkdtempSync(join(tmpdir(), 'moltbook-docker-publish-'));
  await git(work, 'init', '--quiet', '--bare', 'origin.git');
  await git(root, 'remote', 'add', 'origin', join(work, 'origin.git'));
  await git(root, 'push', '--quiet', 'origin', 'main');
});

afterAll(() => {
  for (const folder of [root, work]) if (folder) rmSync(folder, { recursive: true, force: true });
});

function docker(
  args: readonly string[],
  options: { env?: Record<string, string>; cwd?: string } = {},
): Promise<RunResult> {
  const cwd = options.cwd ?? root;
  const cli = join(root, 'node_modules/@moltbook/docker/bin/moltbook-docker.js');
  const env = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0', ...onMain, ...options.env };
  return run(['node', cli, ...args], { cwd, env, mayFail: true });
}

const onMain = {
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REF_NAME: 'main',
  GITHUB_REF_TYPE: 'branch',
};

interface Planned {
  readonly project: string;
  /** What the image is built from, as a word. */
  readonly inputs: string;
  readonly publishedDigest?: string;
}

function digestOf(text: string | Buffer): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** A plan as `matrix` writes it: one job for each image and platform. */
function writePlan(
  name: string,
  {
    head,
    build = [],
    unchanged = [],
    on = platforms,
  }: { head: string; build?: readonly Planned[]; unchanged?: readonly Planned[]; on?: readonly string[] },
): string {
  const image = ({ project, inputs, publishedDigest }: Planned) => ({
    id: `${project}:docker-build`,
    project,
    target: 'docker-build',
    image: `${owner}/${project}`,
    dockerfile: `${project}/Dockerfile`,
    context: project,
    platforms: on,
    bases: project === 'app' ? ['base:docker-build'] : [],
    inputDigest: digestOf(inputs),
    reason: 'a test says so',
    ...(publishedDigest && { publishedDigest }),
  });
  const waves = build.map(({ project }) =>
    on.map((platform) => ({
      id: `${project}-${platform.replace('/', '-')}`,
      name: project,
      platform,
      runner: 'test',
      images: [`${project}:docker-build`],
    })),
  );
  const plan = {
    version: 1,
    event: 'push',
    head,
    base: null,
    scope: 'a test',
    publish: true,
    images: build.map(image),
    unchanged: unchanged.map(image),
    waves,
  };
  const path = join(work, `${name}.json`);
  writeFileSync(path, JSON.stringify(plan));
  return path;
}

async function headOf(revision = 'HEAD'): Promise<string> {
  return (await git(root, 'rev-parse', revision)).stdout;
}

async function pull(
  project: string,
  reference: string,
): Promise<{ digest: string; body: string } | undefined> {
  const response = await fetch(
    `http://${host}/v2/${owner.slice(host.length + 1)}/${project}/manifests/${reference}`,
    {
      headers: {
        accept: ['index.v1', 'manifest.v1']
          .map((type) => `application/vnd.oci.image.${type}+json`)
          .join(', '),
      },
    },
  );
  const body = Buffer.from(await response.arrayBuffer());
  return response.ok ? { digest: digestOf(body), body: body.toString() } : undefined;
}

async function tagsOf(project: string): Promise<string[]> {
  const response = await fetch(`http://${host}/v2/${owner.slice(host.length + 1)}/${project}/tags/list`);
  const { tags } = (await response.json()) as { tags?: string[] };
  return (tags ?? []).filter((tag) => !/^(?:build|cache)-/.test(tag)).sort();
}

function schemaErrors(path: string) {
  const schema = join(repositoryRoot, 'packages/docker/schemas/published-record.schema.json');
  const ajv = new Ajv({ strict: false });
  ajv.validate(JSON.parse(readFileSync(schema, 'utf8')), JSON.parse(readFileSync(join(work, path), 'utf8')));
  return ajv.errors ?? [];
}

function publish(
  plan: string,
  records: string,
  out = 'published',
  env: Record<string, string> = {},
): Promise<RunResult> {
  return docker(
    ['ci', 'publish', '--plan', plan, '--records', join(work, records), '--out', join(work, out)],
    { env },
  );
}

describe('a commit with two images for two platforms', () => {
  const build = [
    { project: 'base', inputs: 'base one' },
    { project: 'app', inputs: 'app one' },
  ];
  let plan = '';
  let first = '';

  it('is not published while a record is missing', async () => {
    first = await headOf();
    plan = writePlan('first', { head: first, build });
    const { exitCode, stdout, stderr } = await publish(plan, 'nothing');
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr.match(/cannot be published: it has no record \(RECORD_MISSING\)/g)).toHaveLength(4);
    expect(await pull('base', 'latest')).toBeUndefined();
  });

  it('is built in waves, by digest, without a name', async () => {
    const prepared = await docker(['ci', 'prepare', '--plan', plan, '--job', 'app-linux-amd64']);
    expect(prepared).toMatchObject({ exitCode: 0, stdout: 'app:compile is done' });
    for (const job of ['base-linux-amd64', 'base-linux-arm64', 'app-linux-amd64', 'app-linux-arm64']) {
      const places = ['--records', join(work, 'records'), '--out', join(work, 'records')];
      const flags = ['--push', '--cache-write', ...places];
      const { exitCode, stdout, stderr } = await docker([
        'ci',
        'build',
        '--plan',
        plan,
        '--job',
        job,
        ...flags,
      ]);
      expect([exitCode, exitCode === 0 ? '' : stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^\w+:docker-build {2}linux\/\w+ {2}pushed +[\d.]+ s {2}\S+\/\w+:build-\w+$/);
    }
    expect(await tagsOf('app')).toEqual([]);
  });

  it('leaves a record with the digest, the commit and the base by its digest', async () => {
    const base = JSON.parse(readFileSync(join(work, 'records/linux-arm64/base.json'), 'utf8'));
    const app = JSON.parse(readFileSync(join(work, 'records/linux-arm64/app.json'), 'utf8'));
    expect(app).toMatchObject({
      pushed: true,
      revision: first,
      platforms: ['linux/arm64'],
      bases: { [`${owner}/base`]: `${owner}/base@${base.digest}` },
    });
    expect((await pull('app', app.digest))?.digest).toBe(app.digest);
  });

  it.each(['records/linux-amd64/base', 'records/linux-arm64/app'])(
    'leaves %s in its published form',
    (name) => {
      expect(schemaErrors(`${name}.json`)).toEqual([]);
    },
  );

  it('gets all its names at once, one index for both platforms', async () => {
    const output = join(work, 'output');
    const summary = join(work, 'summary');
    const { exitCode, stderr } = await publish(plan, 'records', 'published', {
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
    });
    expect([exitCode, stderr]).toEqual([0, '']);
    for (const [project, inputs] of [
      ['base', 'base one'],
      ['app', 'app one'],
    ] as const) {
      expect(await tagsOf(project)).toEqual(
        [
          `inputs-${digestOf(inputs).slice(7)}`,
          'latest',
          'main',
          `main-${first.slice(0, 7)}`,
          `sha-${first}`,
        ].sort(),
      );
      const { manifests, annotations } = JSON.parse((await pull(project, 'latest'))?.body ?? '');
      expect(annotations).toMatchObject({
        'org.example.index': 'all',
        'org.example.team': 'shop',
        'org.opencontainers.image.revision': first,
      });
      expect(
        manifests.map((each: { platform: { architecture: string } }) => each.platform.architecture),
      ).toEqual(['amd64', 'unknown', 'arm64', 'unknown']);
    }
    expect(schemaErrors('published/app.json')).toEqual([]);
    const app = JSON.parse(readFileSync(join(work, 'published/app.json'), 'utf8'));
    expect(app).toMatchObject({
      imageRef: `${owner}/app:main-${first.slice(0, 7)}`,
      digest: (await pull('app', 'latest'))?.digest,
      revision: first,
      platforms,
      pushed: true,
      sizes: { 'linux/amd64': expect.any(Number), 'linux/arm64': expect.any(Number) },
    });
    expect(app.unchanged).toBeUndefined();
    expect(readFileSync(join(work, 'published/subjects.txt'), 'utf8')).toContain(
      `${app.digest.slice(7)}  ${owner}/app\n`,
    );
    expect(readFileSync(output, 'utf8')).toBe('subjects=2\n');
    expect(readFileSync(summary, 'utf8')).toMatch(/\| app:docker\\-build \| a test says so \| `main-/);
  });

  it('has what its Dockerfiles and its commit say in the image of each platform', async () => {
    const { manifests } = JSON.parse((await pull('app', 'latest'))?.body ?? '');
    const manifest = JSON.parse((await pull('app', manifests[2].digest))?.body ?? '');
    const url = `http://${host}/v2/${owner.slice(host.length + 1)}/app/blobs/${manifest.config.digest}`;
    const config = (await (await fetch(url)).json()) as { architecture: string; config: { Labels: object } };
    expect(config.architecture).toBe('arm64');
    expect(manifest.layers).toHaveLength(2);
    expect(manifest.annotations).toMatchObject({
      'org.example.team': 'shop',
      'org.opencontainers.image.revision': first,
    });
    expect(manifest.annotations).not.toHaveProperty('org.example.index');
    expect(config.config.Labels).toMatchObject({ 'org.opencontainers.image.revision': first });
  });

  it('changes nothing when it is published again', async () => {
    const before = await pull('app', 'latest');
    expect((await publish(plan, 'records', 'again')).exitCode).toBe(0);
    expect(await pull('app', 'latest')).toEqual(before);
    expect(readFileSync(join(work, 'again/app.json'), 'utf8')).toBe(
      readFileSync(join(work, 'published/app.json'), 'utf8'),
    );
  });
});

it('writes what was published into the manifests of the branch, once', async () => {
  const update = () =>
    docker(['ci', 'references', '--published', join(work, 'published'), '--branch', 'main']);
  const tip = async () => (await git(join(work, 'origin.git'), 'rev-parse', 'main')).stdout;
  const { stdout, stderr } = await update();
  expect([stdout, stderr]).toEqual([`k8s/app.yml is changed\nmain is at ${await tip()}`, '']);
  const manifest = await git(join(work, 'origin.git'), 'show', 'main:k8s/app.yml');
  const { imageRef, digest } = JSON.parse(readFileSync(join(work, 'published/app.json'), 'utf8'));
  expect(manifest.stdout).toBe(
    `kind: Pod\nspec:\n  containers:\n    - image: ${imageRef}@${digest} # ours\n    - image: postgres:16`,
  );
  expect(await update()).toMatchObject({ exitCode: 0, stdout: 'all references are up to date' });
});

describe('commits that follow', () => {
  /** Commits that change nothing: their images are those of the first, with other inputs for each word. */
  async function commit(message: string): Promise<string> {
    await commitAll(root, message);
    await git(root, 'push', '--quiet', '--force', 'origin', 'main');
    return headOf();
  }

  /** Publishes a commit whose app is one of the images that are there. */
  async function publishAs(
    head: string,
    digest: string,
    env: Record<string, string> = {},
  ): Promise<RunResult> {
    const unchanged = [
      { project: 'app', inputs: 'app one', publishedDigest: digest },
      // Nobody asked for it, and it was never published.
      { project: 'other', inputs: 'other one' },
    ];
    return publish(writePlan(`plan-${head}`, { head, unchanged }), 'nothing', 'published', env);
  }

  let digests: readonly string[] = [];
  beforeAll(async () => {
    const index = JSON.parse((await pull('app', 'latest'))?.body ?? '');
    digests = [
      (await pull('app', 'latest'))?.digest ?? '',
      index.manifests[0].digest,
      index.manifests[2].digest,
    ];
  });

  it('leave unchanged images as they are, under new names', async () => {
    const head = await commit('Nothing');
    const { exitCode, stdout } = await publishAs(head, digests[0] ?? '');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `${owner}/app@${digests[0]} main-${head.slice(0, 7)} main latest sha-${head} inputs-`,
    );
    expect(readFileSync(join(work, 'published/subjects.txt'), 'utf8')).toBe('');
    const { unchanged, sizes } = JSON.parse(readFileSync(join(work, 'published/app.json'), 'utf8'));
    expect([unchanged, Object.keys(sizes)]).toEqual([true, platforms]);
  });

  it.each(['the older first', 'the newer first', 'both at once'])(
    'end at the newer one: %s',
    async (order) => {
      const older = await commit('Older');
      const newer = await commit('Newer');
      const publishOlder = () => publishAs(older, digests[1] ?? '');
      const publishNewer = () => publishAs(newer, digests[2] ?? '');
      const results =
        order === 'both at once'
          ? await Promise.all([publishOlder(), publishNewer()])
          : order === 'the older first'
            ? [await publishOlder(), await publishNewer()]
            : [await publishNewer(), await publishOlder()].reverse();
      expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
      expect((await pull('app', 'latest'))?.digest).toBe(digests[2]);
      expect((await pull('app', 'main'))?.digest).toBe(digests[2]);
      expect((await pull('app', `main-${older.slice(0, 7)}`))?.digest).toBe(digests[1]);
      if (order === 'the newer first')
        expect(results[0]?.stderr).toContain(
          `::notice::${owner}/app:latest stays where it is: ${newer.slice(0, 7)} is newer and published`,
        );
    },
  );

  it('may be taken back by a forced push', async () => {
    const kept = await commit('Kept');
    await publishAs(kept, digests[1] ?? '');
    await publishAs(await commit('Taken back'), digests[2] ?? '');
    await git(root, 'reset', '--quiet', '--hard', kept);
    await git(root, 'push', '--quiet', '--force', 'origin', 'main');
    await publishAs(kept, digests[1] ?? '');
    expect((await pull('app', 'latest'))?.digest).toBe(digests[1]);
  });

  it('give releases their versions, and none backwards', async () => {
    const head = await headOf();
    const release = (tag: string) => ({
      GITHUB_REF: `refs/tags/${tag}`,
      GITHUB_REF_NAME: tag,
      GITHUB_REF_TYPE: 'tag',
    });
    await publishAs(head, digests[2] ?? '', release('v1.3.0'));
    const { stderr } = await publishAs(head, digests[1] ?? '', release('v1.2.9'));
    const held = await Promise.all(['1', '1.3', '1.3.0', '1.2', '1.2.9'].map((tag) => pull('app', tag)));
    const [, one, two] = digests;
    expect(held.map((each) => each?.digest)).toEqual([two, two, two, one, one]);
    expect(stderr).toContain(`::notice::${owner}/app:1 stays where it is: 1.3.0 is higher`);
  });

  it('do not publish what the registry has lost', async () => {
    const head = await commit('Lost');
    const { exitCode, stderr } = await publishAs(head, digestOf('lost'));
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`is not in the registry any more (RECORD_MISSING)`);
    expect(await tagsOf('app')).not.toContain(`sha-${head}`);
  });
});

describe('a registry that refuses', () => {
  let server: Server;
  let denied = '';
  const requests: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      response.writeHead(403).end('{"errors":[{"code":"DENIED","message":"read only"}]}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    denied = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('is told of before anything is built', async () => {
    const flags = ['--push', `--image=${denied}/acme/base`, '--platforms=linux/amd64'];
    const { exitCode, stdout, stderr } = await nx(root, ['docker-build', 'base', ...flags], {
      mayFail: true,
    });
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toContain(
      `${denied} gives no permission to push to acme/base: DENIED: read only (REGISTRY_DENIED)`,
    );
    expect(requests).toEqual(['POST /v2/acme/base/blobs/uploads/']);
  });
});

describe('a job that pushes nothing', () => {
  it('prepares and builds bases by itself, all images of a batch, and fails for the one that does', async () => {
    writeFiles(root, {
      'broken/project.json': '{"name":"broken"}',
      'broken/Dockerfile': 'FROM scratch\nCOPY nothing /nothing\n',
    });
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    rmSync(join(root, 'app/dist'), { recursive: true, force: true });
    const path = writePlan('check', {
      head: await headOf(),
      build: [
        { project: 'broken', inputs: '' },
        { project: 'app', inputs: '' },
      ],
      unchanged: [{ project: 'base', inputs: '' }],
      on: ['linux/amd64'],
    });
    const plan = JSON.parse(readFileSync(path, 'utf8'));
    plan.waves = [
      [
        {
          id: 'batch',
          name: 'batch',
          platform: 'linux/amd64',
          runner: 'test',
          images: ['broken:docker-build', 'app:docker-build'],
        },
      ],
    ];
    writeFileSync(path, JSON.stringify(plan));
    const out = join(work, 'checked');
    mkdirSync(out);
    const { exitCode, stdout } = await docker([
      'ci',
      'build',
      '--plan',
      path,
      '--job',
      'batch',
      '--out',
      out,
    ]);
    expect(exitCode).toBe(1);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 3))).toEqual([
      ['broken:docker-build', 'linux/amd64', 'failed'],
      // The engine has what was pushed above, but not an app that was built from it there.
      ['base:docker-build', 'linux/amd64', 'unchanged'],
      ['app:docker-build', 'linux/amd64', 'built'],
    ]);
    expect(readdirSync(join(out, 'linux-amd64'))).toEqual(['app.json']);
  });
});
