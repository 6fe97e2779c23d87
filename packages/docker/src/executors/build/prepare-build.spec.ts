import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { executorContext } from '../../../testing/executor-context.js';
import { commit, git, temporaryRepository } from '../../../testing/temporary-repository.js';
import { formatPublishedRecord } from '../../core/build/published-record.js';
import { dockerTarget, recordPath } from '../../nx/docker-target.js';
import { planDigests } from '../../reports/plan/plan-digests.js';
import { readCommitImages } from '../../reports/plan/plan-images.js';
import { openRepository } from '../../reports/plan/plan-open.js';
import { prepareBuild } from './prepare-build.js';

const plugin = {
  plugin: '@moltbook/docker',
  options: { registry: 'ghcr.io/acme', images: { 'web/Dockerfile': { platforms: ['linux/arm64'] } } },
};
const files = {
  'nx.json': JSON.stringify({ plugins: [plugin] }),
  '.gitignore': 'dist\n',
  'base/project.json': '{"name":"base"}',
  'base/Dockerfile': 'FROM alpine\nCOPY . /base\n',
  'base/.dockerignore': 'project.json\n',
  'api/project.json': JSON.stringify({
    name: 'api',
    targets: { 'docker-build': { options: { buildArgs: { MODE: 'live', HOME: null, UNUSED: 'x' } } } },
  }),
  'api/Dockerfile': 'FROM ghcr.io/acme/base\nARG MODE HOME\nARG TARGETARCH\nCOPY src link /api/\n',
  'api/src/run.sh': '#!/bin/sh\n',
  'api/src/a b "ü"': 'text\r\n',
  'api/src/deep/empty': '',
  'web/project.json': '{"name":"web"}',
  'web/Dockerfile': 'FROM scratch\nCOPY pages* /\n',
  'web/pages-1': 'one\n',
};

/** A repository with an executable file and symlinks. */
function repository(prefix = ''): string {
  const placed = Object.entries(files).map(([path, text]) => [`${prefix}${path}`, text]);
  const root = temporaryRepository(Object.fromEntries(placed));
  const api = join(root, prefix, 'api');
  chmodSync(join(api, 'src/run.sh'), 0o755);
  symlinkSync('src/run.sh', join(api, 'link'));
  symlinkSync('nowhere', join(api, 'src/dangling'));
  commit(root);
  return join(root, prefix);
}

/** The digests of the plan, and those of the executor with each image built before those that start from it. */
async function digests(root: string) {
  const open = await (await openRepository(root)).openCommit('HEAD');
  const images = await readCommitImages(open);
  const planned = planDigests(images, new Map(), process.env);
  const built: [string, string][] = [];
  for (const id of planned.keys()) {
    const { workspaceImage } = images.images.get(id) ?? {};
    if (!workspaceImage) continue;
    const { projectName, projectRoot, targetName, image } = workspaceImage.image;
    const options = dockerTarget(workspaceImage).options;
    if (!options) continue;
    const { inputDigest } = await prepareBuild(options, executorContext(root, { projectName, projectRoot }));
    built.push([id, inputDigest]);
    const path = join(root, recordPath(projectName, targetName));
    const record = { version: 1, project: projectName, target: targetName, image } as const;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      formatPublishedRecord({
        ...record,
        imageRef: `${image}:local`,
        tags: ['local'],
        inputDigest,
        platforms: [],
        duration: 1,
      }),
    );
  }
  return { planned: Object.fromEntries(planned), built: Object.fromEntries(built) };
}

beforeEach(() => jest.spyOn(console, 'warn').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

describe('the input digest of the executor', () => {
  it.each(['', 'apps/shop/'])(
    'is that of the plan for a workspace at "%s" of a repository',
    async (prefix) => {
      const { planned, built } = await digests(repository(prefix));
      expect(Object.keys(planned).sort()).toEqual([
        'api:docker-build',
        'base:docker-build',
        'web:docker-build',
      ]);
      expect(built).toEqual(planned);
    },
  );

  it.each([
    ['a file', 'api', (root: string) => writeFileSync(join(root, 'api/src/deep/empty'), 'x')],
    ['a file of its base', 'api', (root: string) => writeFileSync(join(root, 'base/new'), '')],
    ['an executable bit', 'api', (root: string) => chmodSync(join(root, 'api/src/run.sh'), 0o644)],
    [
      'a file that git ignores and a build gets',
      'base',
      (root: string) => writeFileSync(join(root, 'base/dist'), ''),
    ],
  ])('differs from that of the commit after a change of %s', async (_, project, change) => {
    const root = repository();
    change(root);
    const { planned, built } = await digests(root);
    expect(built[`${project}:docker-build`]).not.toBe(planned[`${project}:docker-build`]);
    expect(built['web:docker-build']).toBe(planned['web:docker-build']);
  });

  it('is that of the plan where objects are named by sha256', async () => {
    const root = repository();
    const other = repository();
    const sha1 = await digests(root);
    rmSync(join(other, '.git'), { recursive: true });
    git(other, 'init', '--quiet', '--object-format=sha256');
    commit(other);
    const sha256 = await digests(other);
    expect(sha256.built).toEqual(sha256.planned);
    expect(sha256.built).not.toEqual(sha1.built);
  });
});
