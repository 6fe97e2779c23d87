import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { pushImage } from '../support/push-image.js';
import { git, type RunResult, run } from '../support/run.js';
import { commitAll, createWorkspace } from '../support/workspace.js';

const host = required('MOLTBOOK_REGISTRY');
const kustomize = required('MOLTBOOK_KUSTOMIZE');
const kubectl = required('MOLTBOOK_KUBECTL');
const owner = `${host}/k8s-${randomBytes(4).toString('hex')}`;
const pod = (name: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  containers:
    - name: ${name}
      image: ${owner}/${name} # the version is in kustomization.yml
`;

let root = '';
let digests: Record<string, string> = {};

beforeAll(async () => {
  root = await createWorkspace({
    plugin: { registry: owner, kubernetes: { paths: ['k8s'] } },
    files: {
      '.gitignore': 'node_modules\n.nx\nrecords\n',
      'api/project.json': '{"name":"api"}',
      'api/Dockerfile': 'FROM scratch\n',
      'web/project.json': '{"name":"web"}',
      'web/Dockerfile': 'FROM scratch\n',
      'k8s/api.yml': pod('api'),
      'k8s/web.yml': pod('web'),
      'k8s/kustomization.yml': `resources: [api.yml, web.yml]

# Comments stay.
images:
  - name: ${owner}/web
    newTag: none
  - name: ${owner}/api
    newTag: none # as this one

# The end.
`,
    },
  });
});

afterAll(() => {
  if (root !== '') rmSync(root, { recursive: true, force: true });
});

function k8s(...args: string[]): Promise<RunResult> {
  const cli = join(root, 'node_modules/@moltbook/docker/bin/moltbook-docker.js');
  const PATH = `${dirname(kustomize)}${delimiter}${process.env.PATH}`;
  const env = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0', PATH };
  return run(['node', cli, 'k8s', ...args], { cwd: root, env, mayFail: true });
}

/** Pushes an image and writes the record that a build would leave. */
async function publish(project: string, tag: string, repository = `${owner}/${project}`): Promise<void> {
  const imageRef = `${repository}:${tag}`;
  digests = { ...digests, [`${project}:${tag}`]: await pushImage(imageRef, `${project} ${tag}`) };
  writeRecord(project, tag, repository);
}

function writeRecord(project: string, tag: string, repository = `${owner}/${project}`): void {
  mkdirSync(join(root, 'records'), { recursive: true });
  const record = {
    version: 1,
    project,
    target: 'docker-build',
    image: repository,
    imageRef: `${repository}:${tag}`,
    tags: [tag],
    digest: digests[`${project}:${tag}`] ?? `sha256:${'0'.repeat(64)}`,
    pushed: true,
    platforms: [],
    duration: 1,
  };
  writeFileSync(join(root, `records/${project}.json`), JSON.stringify(record));
}

/** The images that a cluster would get; both tools say the same. */
async function deployed(): Promise<string[]> {
  const { stdout } = await run([kustomize, 'build', join(root, 'k8s')], { cwd: root });
  expect((await run([kubectl, 'kustomize', join(root, 'k8s')], { cwd: root })).stdout).toBe(stdout);
  return [...stdout.matchAll(/image: (\S+)/g)].map(([, image = '']) => image.slice(owner.length + 1));
}

/** Added and removed lines since the last commit, by file. */
async function changedLines(): Promise<string[]> {
  const { stdout } = await git(root, 'diff', '--numstat');
  return stdout.split('\n').map((line) => line.replaceAll('\t', ' '));
}

it('k8s set writes what was published, and kustomize gives it', async () => {
  await publish('api', 'main-0000001');
  await publish('web', 'main-0000001');
  expect((await k8s('check', '--from', 'records')).exitCode).toBe(1);
  expect(await k8s('set', '--from', 'records')).toMatchObject({
    exitCode: 0,
    stderr: '2 references in 1 file set',
  });
  expect(await deployed()).toEqual([
    `api:main-0000001@${digests['api:main-0000001']}`,
    `web:main-0000001@${digests['web:main-0000001']}`,
  ]);
  expect(await changedLines()).toEqual(['4 2 k8s/kustomization.yml']);
  expect(await k8s('check', '--from', 'records')).toMatchObject({ exitCode: 0 });
  expect(await k8s('set', '--from', 'records')).toMatchObject({
    exitCode: 0,
    stdout: '',
    stderr: 'nothing to change',
  });
  await commitAll(root, 'Deploy');
});

it('changes exactly one reference for one image, and brings the old one back', async () => {
  await publish('api', 'main-0000002');
  const { stdout } = await k8s('set', '--from', 'records');
  const [from, to] = ['main-0000001', 'main-0000002'].map(
    (tag) => `${owner}/api:${tag}@${digests[`api:${tag}`]}`,
  );
  expect(stdout).toBe(`k8s/kustomization.yml:9:13: ${from} -> ${to}`);
  expect(await changedLines()).toEqual(['2 2 k8s/kustomization.yml']);
  expect((await deployed())[0]).toBe(to?.slice(owner.length + 1));
  writeRecord('api', 'main-0000001');
  await k8s('set', '--from', 'records');
  expect(await changedLines()).toEqual(['']);
});

it.each([
  ['an image that was never pushed', () => writeRecord('api', 'bcae089'), 'REFERENCE_MISSING'],
  [
    'a tag that is another image now',
    async () => {
      writeRecord('api', 'main-0000002');
      await pushImage(`${owner}/api:main-0000002`, 'pushed over');
    },
    'REFERENCE_MISSING',
  ],
])('refuses %s', async (_, prepare, code) => {
  await prepare();
  const { exitCode, stderr } = await k8s('set', '--from', 'records');
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`(${code})`)]);
  expect(await changedLines()).toEqual(['']);
});

it.each([
  [401, {}, '{"errors":[{"code":"UNAUTHORIZED"}]}', 'REGISTRY_DENIED'],
  [404, {}, '{"errors":[{"code":"NAME_UNKNOWN"}]}', 'REFERENCE_MISSING'],
  [200, { 'content-type': 'text/html' }, '<html>Welcome to the hotel</html>', 'REGISTRY_FAILED'],
])('a registry that answers %d %j %j: %s', async (status, headers, body, code) => {
  const server = createServer((_, answer) => answer.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const repository = `127.0.0.1:${(server.address() as AddressInfo).port}/acme/api`;
  const file = join(root, 'k8s/other.yml');
  writeFileSync(file, `image: ${repository}:latest\n`);
  try {
    writeRecord('api', 'main-0000001', repository);
    const { exitCode, stderr } = await k8s('set', '--from', 'records/api.json');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`(${code})`)]);
    expect(readFileSync(file, 'utf8')).toBe(`image: ${repository}:latest\n`);
  } finally {
    server.close();
    rmSync(file);
  }
});

/** Modes mean nothing to root; a mount does. */
it('a folder that cannot be written is told, and the file in another one stays', async () => {
  await publish('api', 'main-0000003');
  await publish('web', 'main-0000003');
  const files = ['k8s/a.yml', 'k8s/locked/b.yml'].map((file) => join(root, file));
  mkdirSync(join(root, 'k8s/locked'));
  for (const file of files) writeFileSync(file, `image: ${owner}/web:latest\n`);
  const cli = join(root, 'node_modules/@moltbook/docker/bin/moltbook-docker.js');
  const set = [process.execPath, cli, 'k8s', 'set', '--from', 'records'];
  const lock = 'mount --bind k8s/locked k8s/locked && mount -o remount,bind,ro k8s/locked && exec "$@"';
  const isRoot = process.getuid?.() === 0;
  const command = isRoot ? ['unshare', '--mount', 'sh', '-c', lock, 'sh', ...set] : set;
  if (!isRoot) chmodSync(join(root, 'k8s/locked'), 0o555);
  const env = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0' };
  const { exitCode, stderr } = await run(command, { cwd: root, env, mayFail: true });
  chmodSync(join(root, 'k8s/locked'), 0o755);
  const reason = isRoot ? 'its file system is read-only' : 'permission denied';
  expect([exitCode, stderr]).toEqual([
    1,
    `k8s/locked/b.yml cannot be written: ${reason} (FILE_UNWRITABLE)\n  Fix: check the permissions of the file and its folder`,
  ]);
  for (const file of files) expect(readFileSync(file, 'utf8')).toBe(`image: ${owner}/web:latest\n`);
  expect(await changedLines()).toEqual(['']);
  expect(readdirSync(join(root, 'k8s')).sort()).toEqual([
    'a.yml',
    'api.yml',
    'kustomization.yml',
    'locked',
    'web.yml',
  ]);
  for (const path of ['k8s/a.yml', 'k8s/locked']) rmSync(join(root, path), { recursive: true });
});

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run npm test, which provides it`);
  return value;
}
