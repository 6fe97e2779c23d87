import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree';
import { sampleRecord } from '../../../testing/sample-record.js';
import { commit, git } from '../../../testing/temporary-repository.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { diskDigests } from '../../reports/images/disk-digests.js';
import { openImages } from '../../reports/images/open-images.js';
import syncReferences from './sync-references.js';

const { digest } = sampleRecord;
const published = `ghcr.io/acme/api:main-bcae089@${digest}`;
const pod = (reference: string) => `\uFEFFimage:  '${reference}'   # stays\r\n`;
const options = { registry: 'ghcr.io/acme', kubernetes: { paths: ['k8s', 'nowhere'] } };
const workspace = {
  'nx.json': JSON.stringify({ plugins: [{ plugin: '@moltbook/docker/plugin', options }] }),
  'base/project.json': '{"name":"base"}',
  'base/Dockerfile': 'FROM scratch\n',
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM ghcr.io/acme/base:1\nCOPY src /src\n',
  'api/src/index.js': '',
  'k8s/api.yml': pod('ghcr.io/acme/api:old'),
};

/** A workspace with the record of a pushed build, and the warnings of what was run in it. */
async function open(files: Record<string, string> = {}, record: Record<string, unknown> = {}) {
  const root = temporaryWorkspace({ ...workspace, 'dist/docker/other.json': '{', ...files });
  const inputDigest = await diskDigests(root, (await openImages(root)).images)('api:docker-build');
  const text = JSON.stringify({ ...sampleRecord, inputDigest, ...record });
  writeFileSync(join(root, 'dist/docker/api.json'), text);
  return root;
}

async function sync(root: string, given?: Record<string, unknown>) {
  const tree: Tree = new FsTree(root, false);
  const printed: string[] = [];
  for (const name of ['warn', 'info', 'log'] as const)
    jest.spyOn(console, name).mockImplementation((...texts: unknown[]) => void printed.push(texts.join(' ')));
  const result = await syncReferences(tree, given);
  jest.restoreAllMocks();
  const changes = tree.listChanges().map(({ path, content }) => [path, String(content)]);
  for (const { path, content } of tree.listChanges()) writeFileSync(join(root, path), content ?? '');
  return { result, changes: Object.fromEntries(changes), printed: printed.join('\n') };
}

it('writes what was pushed and no other byte, once', async () => {
  const root = await open();
  expect(await sync(root)).toEqual({
    changes: { 'k8s/api.yml': pod(published) },
    printed: '',
    result: {
      outOfSyncMessage: 'Manifests name other images than those that were pushed.',
      outOfSyncDetails: [`k8s/api.yml:1: ghcr.io/acme/api:old -> ${published}`],
    },
  });
  expect(await sync(root)).toEqual({ changes: {}, printed: '', result: undefined });
});

it.each<[string, Record<string, string>, Record<string, unknown>]>([
  ['of other files', {}, { inputDigest: `sha256:${'0'.repeat(64)}` }],
  ['without an input digest', {}, { inputDigest: undefined }],
  ['that was not pushed', {}, { pushed: undefined }],
  ['without a digest', {}, { digest: undefined }],
  ['of another repository', {}, { image: 'other.io/acme/api' }],
  ['of what is not asked for', { 'nx.json': workspace['nx.json'].replace('k8s', 'ops') }, {}],
])('changes nothing for a record %s', async (_, files, record) =>
  expect(await sync(await open(files, record))).toEqual({ changes: {}, printed: '', result: undefined }),
);

it('changes nothing after a base has changed, and says so beside what it changes', async () => {
  const root = await open({ 'k8s/base.yml': 'image: ghcr.io/acme/base\n' });
  writeFileSync(join(root, 'base/Dockerfile'), 'FROM scratch\nLABEL a=b\n');
  const digestOf = diskDigests(root, (await openImages(root)).images);
  const text = readFileSync(join(root, 'dist/docker/api.json'), 'utf8');
  const base = {
    project: 'base',
    image: 'ghcr.io/acme/base',
    inputDigest: await digestOf('base:docker-build'),
  };
  writeFileSync(join(root, 'dist/docker/base.json'), JSON.stringify({ ...JSON.parse(text), ...base }));
  const { changes, result } = await sync(root);
  expect(Object.keys(changes)).toEqual(['k8s/base.yml']);
  expect(result?.outOfSyncDetails[1]).toBe(
    'dist/docker/api.json is of other files than there are now: ghcr.io/acme/api stays as it is.',
  );
});

describe('in a repository', () => {
  const other = { 'k8s/api.yml': pod('ghcr.io/acme/api:by-hand') };

  /** The workspace after some commits, with a record of one of them. */
  async function openRepository(record: 'of the last commit' | 'of the first commit' | 'of no commit') {
    const root = await open({ '.gitignore': 'dist\n' });
    git(root, 'init', '--quiet');
    const first = commit(root);
    const last = commit(root, other);
    const revision = { 'of the last commit': last, 'of the first commit': first, 'of no commit': undefined };
    const path = join(root, 'dist/docker/api.json');
    const text = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...text, revision: revision[record] }));
    return root;
  }

  it('writes what was pushed since the last commit of the manifest', async () =>
    expect((await sync(await openRepository('of the last commit'))).changes).toEqual({
      'k8s/api.yml': pod(published),
    }));

  it.each(['of the first commit', 'of no commit'] as const)(
    'leaves a manifest that was committed after a record %s',
    async (record) => expect((await sync(await openRepository(record))).changes).toEqual({}),
  );
});

it('leaves a manifest that cannot be parsed, with a warning, and syncs the others', async () => {
  const root = await open({ 'k8s/broken.yml': 'image: ghcr.io/acme/api: 1\n' });
  const { changes, printed } = await sync(root);
  expect(Object.keys(changes)).toEqual(['k8s/api.yml']);
  expect(printed).toContain('k8s/broken.yml cannot be parsed');
});

it('leaves a repository that two images share', async () => {
  const shared = JSON.stringify({ ...options, images: { 'other/Dockerfile': { imageName: 'api' } } });
  const files = {
    'nx.json': workspace['nx.json'].replace(JSON.stringify(options), shared),
    'other/project.json': '{"name":"other"}',
    'other/Dockerfile': 'FROM scratch\n',
  };
  const root = await open(files);
  const digestOf = diskDigests(root, (await openImages(root)).images);
  const own = {
    project: 'other',
    inputDigest: await digestOf('other:docker-build'),
    digest: `sha256:${'cd'.repeat(32)}`,
  };
  const text = readFileSync(join(root, 'dist/docker/api.json'), 'utf8');
  writeFileSync(join(root, 'dist/docker/other.json'), JSON.stringify({ ...JSON.parse(text), ...own }));
  expect((await sync(root)).changes).toEqual({});
});

it('says what it changes, and returns nothing, where it is generated by name', async () => {
  const { result, printed } = await sync(await open(), {});
  expect([result, printed]).toEqual([undefined, expect.stringContaining(`-> ${published}`)]);
});
