import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pushImage } from '../support/push-image.js';
import { git, type RunResult, run } from '../support/run.js';
import { createWorkspace } from '../support/workspace.js';

const host = required('MOLTBOOK_REGISTRY');
const cosign = required('MOLTBOOK_COSIGN');
const owner = `${host}/signing-${randomBytes(4).toString('hex')}`;
const password = 'a $(touch MARK) "password"';
/** There is no public log to be reached from a test. */
const offline = { sign: ['--tlog-upload=false'], verify: ['--insecure-ignore-tlog'] };

let root = '';
let keys = '';
let head = '';

beforeAll(async () => {
  keys = mkdtempSync(join(tmpdir(), 'moltbook-docker-keys-'));
  const plugin = {
    registry: owner,
    publish: { sign: { key: 'env://SIGNING_KEY', args: offline.sign } },
    kubernetes: { paths: ['k8s'], verify: { key: 'cosign.pub', args: offline.verify } },
  };
  root = await createWorkspace({
    plugin,
    files: {
      'api/project.json': '{"name":"api"}',
      'api/Dockerfile': 'FROM scratch\n',
      'web/project.json': '{"name":"web"}',
      'web/Dockerfile': 'FROM scratch\n',
      'k8s/api.yml': `kind: Pod\nimage: ${owner}/api:latest # ours\n`,
      'k8s/web.yml': `kind: Pod\nimage: ${owner}/web:latest # ours\n`,
      'cosign.pub': await makeKey('right'),
    },
  });
  head = (await git(root, 'rev-parse', 'HEAD')).stdout;
  const work = mkdtempSync(join(keys, 'origin-'));
  await git(work, 'init', '--quiet', '--bare');
  await git(root, 'remote', 'add', 'origin', work);
  await git(root, 'push', '--quiet', 'origin', 'main');
});

afterAll(() => {
  for (const folder of [root, keys]) if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Makes a pair of keys and returns the public one. */
async function makeKey(name: string): Promise<string> {
  const args = ['generate-key-pair', `--output-key-prefix=${name}`];
  await run([cosign, ...args], { cwd: keys, env: { COSIGN_PASSWORD: password } });
  return readFileSync(join(keys, `${name}.pub`), 'utf8');
}

function docker(args: readonly string[], env: Record<string, string> = {}): Promise<RunResult> {
  const cli = join(root, 'node_modules/@moltbook/docker/bin/moltbook-docker.js');
  const PATH = `${dirname(cosign)}${delimiter}${process.env.PATH}`;
  const fixed = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0', PATH };
  return run(['node', cli, ...args], { cwd: root, env: { ...fixed, ...env }, mayFail: true });
}

/** Publishes images that are in the registry already, as those that did not change are. */
function publish(digests: Readonly<Record<string, string>>, env: Record<string, string> = {}) {
  const images = Object.entries(digests).map(([project, publishedDigest]) => ({
    id: `${project}:docker-build`,
    project,
    target: 'docker-build',
    image: `${owner}/${project}`,
    dockerfile: `${project}/Dockerfile`,
    context: project,
    platforms: [],
    bases: [],
    inputDigest: digestOf(publishedDigest),
    reason: 'a test says so',
    publishedDigest,
  }));
  const plan = { version: 1, event: 'push', head, base: null, scope: 'a test', publish: true };
  const content = { ...plan, images: [], unchanged: images, waves: [] };
  writeFileSync(join(keys, 'plan.json'), JSON.stringify(content));
  // Nothing was built.
  const records = mkdtempSync(join(keys, 'records-'));
  return docker(
    [
      'ci',
      'publish',
      '--plan',
      join(keys, 'plan.json'),
      '--records',
      records,
      '--out',
      join(root, 'dist/published'),
    ],
    {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
      GITHUB_REF_TYPE: 'branch',
      SIGNING_KEY: readFileSync(join(keys, 'right.key'), 'utf8'),
      COSIGN_PASSWORD: password,
      ...env,
    },
  );
}

/** An index of two images, as one for two platforms is. */
async function pushIndex(project: string): Promise<string> {
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifests = await Promise.all(
    ['amd64', 'arm64'].map(async (architecture) => {
      const digest = await pushImage(`${owner}/${project}:${architecture}`, architecture);
      const size = (await fetchManifest(project, digest)).length;
      return { mediaType, digest, size, platform: { os: 'linux', architecture } };
    }),
  );
  const type = 'application/vnd.oci.image.index.v1+json';
  const body = JSON.stringify({ schemaVersion: 2, mediaType: type, manifests });
  const url = `${apiOf(project)}/manifests/${digestOf(body)}`;
  expect((await fetch(url, { method: 'PUT', headers: { 'content-type': type }, body })).status).toBe(201);
  return digestOf(body);
}

async function fetchManifest(project: string, reference: string): Promise<string> {
  const headers = { accept: 'application/vnd.oci.image.manifest.v1+json' };
  return (await fetch(`${apiOf(project)}/manifests/${reference}`, { headers })).text();
}

async function tagsOf(project: string): Promise<string[]> {
  const { tags } = (await (await fetch(`${apiOf(project)}/tags/list`)).json()) as { tags: string[] };
  return tags.sort();
}

/** How many signatures an image has. */
async function signaturesOf(project: string, digest: string): Promise<number> {
  const text = await fetchManifest(project, `${digest.replace(':', '-')}.sig`);
  return ((JSON.parse(text) as { layers?: unknown[] }).layers ?? []).length;
}

function apiOf(project: string): string {
  return `http://${host}/v2/${owner.slice(host.length + 1)}/${project}`;
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

let api = '';
let web = '';

it('gives no name where nobody can sign', async () => {
  api = await pushImage(`${owner}/api:build-1`, 'api');
  web = await pushIndex('web');
  const { exitCode, stdout, stderr } = await publish({ api, web }, { COSIGN_PASSWORD: 'wrong' });
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain('cosign cannot use the key of the option "publish.sign": ');
  expect(stderr).toContain('(COSIGN_FAILED)');
  expect(stderr).not.toContain('PRIVATE KEY');
  expect(await tagsOf('api')).toEqual(['build-1']);
});

it('signs all images of a commit once, and each of the platforms', async () => {
  const first = await publish({ api, web });
  expect([first.exitCode, first.stderr]).toEqual([0, '']);
  expect(first.stdout.split('\n').slice(0, 2)).toEqual([
    `${owner}/api@${api} is signed`,
    `${owner}/web@${web} is signed`,
  ]);
  expect(await tagsOf('api')).toContain('main');
  const again = await publish({ api, web });
  expect([again.exitCode, again.stdout]).toEqual([0, expect.not.stringContaining('is signed')]);
  const parts = (JSON.parse(await fetchIndex(web)) as { manifests: { digest: string }[] }).manifests;
  const counts = [
    signaturesOf('api', api),
    ...[web, ...parts.map(({ digest }) => digest)].map((digest) => signaturesOf('web', digest)),
  ];
  expect(await Promise.all(counts)).toEqual([1, 1, 1, 1]);
});

async function fetchIndex(digest: string): Promise<string> {
  const headers = { accept: 'application/vnd.oci.image.index.v1+json' };
  return (await fetch(`${apiOf('web')}/manifests/${digest}`, { headers })).text();
}

it('writes what is signed, and nothing beside what is not', async () => {
  const files = ['k8s/api.yml', 'k8s/web.yml'].map((file) => join(root, file));
  const state = () => files.map((file) => [readFileSync(file, 'utf8'), statSync(file).mtimeMs]);
  const before = state();
  const unsigned = await pushImage(`${owner}/api:main-0000000`, 'of somebody else');
  const record = JSON.parse(readFileSync(join(root, 'dist/published/api.json'), 'utf8'));
  const fake = { ...record, imageRef: `${owner}/api:main-0000000`, tags: ['main-0000000'], digest: unsigned };
  writeFileSync(join(root, 'dist/fake.json'), JSON.stringify(fake));
  const refused = await docker([
    'k8s',
    'set',
    '--from',
    'dist/fake.json',
    '--from',
    'dist/published/web.json',
  ]);
  expect([refused.exitCode, state()]).toEqual([1, before]);
  expect(refused.stderr).toContain(
    `k8s/api.yml:2:8: ${owner}/api@${unsigned} is not signed as nx.json demands (cosign.pub): no signatures found (SIGNATURE_MISSING)`,
  );

  const set = await docker(['k8s', 'set', '--from', 'dist/published']);
  expect([set.exitCode, set.stderr]).toEqual([0, '2 references in 2 files set']);
  expect(readFileSync(files[1] ?? '', 'utf8')).toBe(
    `kind: Pod\nimage: ${owner}/web:main-${head.slice(0, 7)}@${web} # ours\n`,
  );
  await git(root, 'checkout', '--quiet', '--', 'k8s');
});

it.each([
  ['of another key', () => makeKey('other'), 'k8s/web.yml:2:8: ', '(SIGNATURE_MISSING)'],
  ['that nobody can read', async () => 'no key', 'cosign cannot tell whether ', '(COSIGN_FAILED)'],
])('refuses signatures by a key %s', async (_, key, message, code) => {
  writeFileSync(join(root, 'cosign.pub'), await key());
  const { exitCode, stderr } = await docker(['k8s', 'set', '--from', 'dist/published']);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(message)]);
  expect(stderr).toContain(code);
  expect((await git(root, 'status', '--short', 'k8s')).stdout).toBe('');
});

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run npm test, which provides it`);
  return value;
}
