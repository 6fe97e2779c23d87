import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executorContext } from '../../../testing/executor-context.js';
import { type StoredImages, storedImages } from '../../../testing/stored-images.js';
import { commit, git, temporaryRepository } from '../../../testing/temporary-repository.js';
import { buildTag, inputsTag } from '../../core/registry/guard-tag.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import build from './build.js';
import { prepareBuild } from './prepare-build.js';

const platform = `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`;
const original = process.env;
let registry: StoredImages;
let root = '';
let bin = '';

beforeEach(async () => {
  registry = await storedImages();
  bin = mkdtempSync(join(tmpdir(), 'make-image-spec-'));
  root = temporaryRepository({
    'nx.json': '{}',
    '.gitignore': 'dist\n',
    'api/project.json': '{"name":"api"}',
    'api/Dockerfile': 'FROM scratch\nCOPY project.json /\n',
  });
  process.env = { PATH: `${bin}:${original.PATH}`, HOME: original.HOME };
  docker('exit 1');
});

afterEach(async () => {
  process.env = original;
  jest.restoreAllMocks();
  await registry.close();
  for (const folder of [root, bin]) rmSync(folder, { recursive: true, force: true });
});

/** The only engine: a script. What it builds is not there, so that a build always ends with an error. */
function docker(image: string): void {
  const script = `#!/bin/sh
case "$1 $2" in
  "version "*) echo 28.5.2;;
  "buildx version") echo "github.com/docker/buildx 0.29.1 abc";;
  "buildx inspect") echo "Driver: docker";;
  "info "*) echo '[]';;
  "buildx build") echo "$*" >> ${bin}/built; exit 1;;
  "tag "*) echo "$*" >> ${bin}/tagged;;
  *) ${image};;
esac
`;
  for (const name of ['docker', 'podman', 'buildah']) {
    writeFileSync(join(bin, name), name === 'docker' ? script : '#!/bin/sh\nexit 1\n');
    chmodSync(join(bin, name), 0o755);
  }
}

/** A cosign that knows no signature, and signs as the script says. */
function cosign(sign: string): void {
  const script = `#!/bin/sh\ncase $1 in public-key) echo KEY;; sign) ${sign};; *) exit 1;; esac\n`;
  writeFileSync(join(bin, 'cosign'), script);
  chmodSync(join(bin, 'cosign'), 0o755);
}

function context() {
  return executorContext(root, { nxJson: JSON.parse(readFileSync(join(root, 'nx.json'), 'utf8')) });
}

function options(): BuildExecutorOptions {
  return { dockerfile: 'api/Dockerfile', buildContext: 'api', image: `${registry.host}/acme/api` };
}

async function make(given: Partial<BuildExecutorOptions>) {
  const said: string[] = [];
  for (const stream of ['log', 'warn', 'error'] as const)
    jest.spyOn(console, stream).mockImplementation((...texts) => {
      said.push(String(texts[0]));
    });
  const { success } = await build({ ...options(), ...given }, context());
  return { success, said: said.join('\n').replaceAll(registry.host, 'ghcr.io') };
}

async function inputDigest(given: Partial<BuildExecutorOptions> = {}): Promise<string> {
  return (await prepareBuild({ ...options(), ...given }, context())).inputDigest;
}

function readLines(name: string): string[] {
  try {
    return readFileSync(join(bin, name), 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

function record() {
  return JSON.parse(readFileSync(join(root, 'dist/docker/api.json'), 'utf8'));
}

describe('a push', () => {
  const push = { push: true, tags: ['1', '1.2'] };

  it.each([
    ['inputs-', inputsTag],
    ['build-', buildTag],
  ])('names what is under the tag %s of its inputs', async (_, tagOf) => {
    const digest = registry.store('acme/api', [tagOf(await inputDigest())], { platforms: [platform] });
    const { success, said } = await make(push);
    expect([success, said]).toEqual([
      true,
      `unchanged: ghcr.io/acme/api@${digest} was built from these inputs; its names are 1, 1.2; its record is dist/docker/api.json`,
    ]);
    expect(registry.tags('acme/api')).toMatchObject({ '1': digest, '1.2': digest });
    expect(registry.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(2);
    expect(readLines('built')).toEqual([]);
    expect(record()).toMatchObject({
      tags: ['1', '1.2'],
      digest,
      pushed: true,
      unchanged: true,
      sizes: { [platform]: expect.any(Number) },
    });
  });

  it('writes nothing a second time', async () => {
    registry.store('acme/api', [buildTag(await inputDigest()), '1', '1.2'], { platforms: [platform] });
    expect((await make(push)).success).toBe(true);
    expect(registry.requests.filter((request) => request.startsWith('PUT'))).toEqual([]);
  });

  it('takes what CI published before what somebody pushed', async () => {
    const digest = await inputDigest();
    registry.store('acme/api', [buildTag(digest)], { platforms: [platform], labels: { pushed: 'by hand' } });
    const published = registry.store('acme/api', [inputsTag(digest)], { platforms: [platform] });
    await make(push);
    expect(registry.tags('acme/api')['1']).toBe(published);
  });

  it.each<[string, Partial<BuildExecutorOptions>, readonly string[]]>([
    ['of another platform', {}, ['linux/riscv64']],
    ['without one of the platforms', { platforms: ['linux/amd64', 'linux/arm64'] }, ['linux/amd64']],
    ['without a label', { labels: 'team=shop' }, [platform]],
    ['where it is to be built', { force: true }, [platform]],
    ['where every step is to be built', { noCache: true }, [platform]],
    ['where more than an image is wanted', { provenance: 'max' }, [platform]],
  ])('takes no image %s', async (_, given, platforms) => {
    registry.store('acme/api', [inputsTag(await inputDigest(given))], { platforms });
    const { success, said } = await make({ ...push, ...given });
    expect([success, said]).toEqual([false, expect.stringContaining('ENGINE_FAILED')]);
    expect(readLines('built')).toHaveLength(1);
    expect(Object.keys(registry.tags('acme/api'))).toHaveLength(1);
  });

  it('takes one for all of its platforms', async () => {
    const given = { platforms: ['linux/arm64/v8', 'linux/amd64'] };
    const platforms = ['linux/amd64', 'linux/arm64'];
    registry.store('acme/api', [inputsTag(await inputDigest(given))], { platforms });
    expect((await make({ ...push, ...given })).success).toBe(true);
    expect(Object.keys(record().sizes)).toEqual(platforms);
  });
});

describe('a publication', () => {
  it('gives the names of the commit, but none that would go back', async () => {
    const head = git(root, 'rev-parse', 'HEAD');
    registry.store('acme/api', [buildTag(await inputDigest())], { platforms: [platform] });
    const newer = git(root, 'commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', 'Newer');
    git(root, 'update-ref', 'refs/remotes/origin/main', newer);
    const held = registry.store('acme/api', [`sha-${newer}`, 'latest'], { platforms: ['linux/riscv64'] });
    const { success, said } = await make({ publish: true });
    expect([success, said]).toEqual([
      true,
      expect.stringContaining(`:latest stays where it is: ${newer.slice(0, 7)} is newer and published`),
    ]);
    expect(record()).toMatchObject({
      tags: [`main-${head.slice(0, 7)}`, `sha-${head}`],
      revision: head,
    });
    expect(registry.tags('acme/api').latest).toBe(held);
    expect(Object.keys(registry.tags('acme/api')).filter((tag) => tag.startsWith('inputs-'))).toEqual([]);
  });

  it.each([
    ['a changed file', 'nx.json', '{ }'],
    ['a file that git does not know and the build reads', 'api/new', ''],
  ])('is refused with %s, before a registry is asked', async (_, path, text) => {
    writeFileSync(join(root, 'api/Dockerfile'), 'FROM scratch\nCOPY . /\n');
    commit(root);
    writeFileSync(join(root, path), text);
    const { success, said } = await make({ publish: true });
    expect([success, said]).toEqual([false, expect.stringContaining(`"${path}" is not as in the commit`)]);
    expect(registry.requests).toEqual([]);
  });

  it('does not mind a file that git does not know and the build does not read', async () => {
    registry.store('acme/api', [buildTag(await inputDigest())], { platforms: [platform] });
    writeFileSync(join(root, 'notes'), '');
    expect((await make({ publish: true })).success).toBe(true);
  });

  it('is refused by rules that cannot be read', async () => {
    const plugin = { plugin: '@moltbook/docker', options: { publish: { tags: ['type=branch'] } } };
    commit(root, { 'nx.json': JSON.stringify({ plugins: [plugin] }) });
    expect(await make({ publish: true })).toEqual({
      success: false,
      said: expect.stringContaining('TAG_RULE_INVALID'),
    });
  });

  it('is signed before it has a name, where the workspace signs, and not named where that fails', async () => {
    const publish = { sign: { key: 'cosign.key' } };
    const plugin = { plugin: '@moltbook/docker', options: { publish } };
    commit(root, { 'nx.json': JSON.stringify({ plugins: [plugin] }) });
    const digest = registry.store('acme/api', [buildTag(await inputDigest())], { platforms: [platform] });
    cosign('exit 1');
    expect(await make({ publish: true })).toEqual({
      success: false,
      said: expect.stringContaining('COSIGN_FAILED'),
    });
    expect(Object.keys(registry.tags('acme/api'))).toHaveLength(1);
    cosign(`echo "$*" >> ${bin}/signed`);
    expect((await make({ publish: true })).said).toContain(`ghcr.io/acme/api@${digest} is signed`);
    expect(readLines('signed')).toEqual([expect.stringContaining(`/acme/api@${digest}`)]);
    expect(Object.keys(registry.tags('acme/api')).length).toBeGreaterThan(2);
  });

  it('is refused without a commit', async () => {
    rmSync(join(root, '.git'), { recursive: true });
    expect((await make({ publish: true })).said).toContain('GIT_FAILED');
  });
});

describe('a build in the engine', () => {
  const id = `sha256:${'1'.repeat(64)}`;

  /** An engine with one image. */
  function holds(image: object): void {
    const named = { RepoTags: [`${registry.host}/acme/api:local`], ...image };
    writeFileSync(join(bin, 'image.json'), JSON.stringify([{ Id: id, Os: 'linux', ...named }]));
    docker(`case "$2" in ls) echo "$*" >> ${bin}/asked; echo ${id};; inspect) cat ${bin}/image.json;; esac`);
  }
  const architecture = platform.slice('linux/'.length);

  it('takes the image with the label of its inputs', async () => {
    holds({ Architecture: architecture, Size: 7 });
    const { said } = await make({});
    expect(said).toBe(
      'unchanged: ghcr.io/acme/api:local already holds these inputs; its record is dist/docker/api.json',
    );
    expect(readLines('asked')).toEqual([
      `image ls --quiet --no-trunc --filter label=io.moltbook.docker.inputs=${await inputDigest()}`,
    ]);
    expect([readLines('built'), readLines('tagged')]).toEqual([[], []]);
    expect(record()).toMatchObject({ imageId: id, unchanged: true, sizes: { [platform]: 7 } });
  });

  it('names it where it has another name', async () => {
    holds({ Architecture: architecture, RepoTags: [`${registry.host}/acme/api:old`] });
    await make({ tags: ['v1', '$(touch x)'] });
    expect(readLines('tagged')).toEqual([
      `tag ${id} ${registry.host}/acme/api:v1`,
      `tag ${id} ${registry.host}/acme/api:$(touch x)`,
    ]);
  });

  it.each<[string, object, Partial<BuildExecutorOptions>]>([
    ['of another platform', { Architecture: 'riscv64' }, {}],
    ['without a label', { Architecture: architecture }, { labels: ['team=shop'] }],
    ['where it is to be built', { Architecture: architecture }, { force: true }],
    ['of another name, which was built from it', { Architecture: architecture, RepoTags: ['mine:1'] }, {}],
    ['without a name', { Architecture: architecture, RepoTags: [] }, {}],
  ])('takes no image %s', async (_, image, given) => {
    holds(image);
    await make(given);
    expect(readLines('built')).toHaveLength(1);
  });

  it.each([
    ['the one of its record, whatever its name is', '1', 0],
    ['no other than that of its record', '2', 1],
  ])('takes %s', async (_, digit, builds) => {
    holds({ Architecture: architecture });
    await make({});
    const recorded = { ...record(), imageId: `sha256:${digit.repeat(64)}` };
    writeFileSync(join(root, 'dist/docker/api.json'), JSON.stringify(recorded));
    holds({ Architecture: architecture, ...(builds === 0 && { RepoTags: [] }) });
    await make({});
    expect(readLines('built')).toHaveLength(builds);
  });

  it.each([
    ['ADD https://example.com/x /', 1],
    [`ADD --checksum=sha256:${'a'.repeat(64)} https://example.com/x /`, 0],
    ['ADD https://github.com/acme/x.git#main /', 1],
    [`ADD https://github.com/acme/x.git#${'a'.repeat(40)} /`, 0],
  ])('builds again what may have changed by itself: %s', async (instruction, builds) => {
    writeFileSync(join(root, 'api/Dockerfile'), `FROM scratch\n${instruction}\n`);
    holds({ Architecture: architecture });
    await make({});
    expect(readLines('built')).toHaveLength(builds);
  });

  it.each([
    ['https://github.com/acme/x.git', 1],
    ['docker-image://alpine:3', 0],
    ['api', 0],
    ['../elsewhere', 1],
  ])('builds again with the named context %s: %d', async (value, builds) => {
    writeFileSync(join(root, 'api/Dockerfile'), 'FROM scratch\nCOPY --from=other project.json /\n');
    holds({ Architecture: architecture });
    await make({ namedContexts: { other: value } });
    expect(readLines('built')).toHaveLength(builds);
  });
});
