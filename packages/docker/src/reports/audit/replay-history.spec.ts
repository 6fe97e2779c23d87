import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomNumbers } from '../../../testing/random-numbers.js';
import type { HistoryReplay } from '../../core/audit/replay/replay-report.js';
import { matchPathFilter } from '../../core/path-filter/match-path-filter.js';
import { blobReader } from '../../host/git/blob-reader.js';
import { type Commit, openCommit } from '../../host/git/open-commit.js';
import type { Workspace } from '../../nx/workspace.js';
import { imageId, readImages } from '../../nx/workspace-images.js';
import { type ReplayModel, replayHistory } from './replay-history.js';
import { trackImage } from './track-image.js';

/** Files by path; `null` deletes. */
type Files = Readonly<Record<string, string | null>>;

/** Makes a repository with git's own import, a minute between commits. */
function repository(commits: readonly Files[]): string {
  const root = mkdtempSync(join(tmpdir(), 'moltbook-docker-history-'));
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: root });
  const stream = commits.map((files, index) => {
    const message = `commit ${index + 1}`;
    const changes = Object.entries(files).map(([path, text]) =>
      text === null
        ? `D ${JSON.stringify(path)}\n`
        : `M 100644 inline ${JSON.stringify(path)}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
    );
    const head = `commit refs/heads/main\ncommitter Test <test@example.com> ${1_700_000_000 + 60 * index} +0000\n`;
    return `${head}data ${message.length}\n${message}\n${changes.join('')}\n`;
  });
  execFileSync('git', ['fast-import', '--quiet'], { cwd: root, input: stream.join('') });
  return root;
}

async function imagesIn(workspace: Workspace) {
  const paths = workspace.index.paths.filter((path) => /(?:^|\/)Dockerfile$/.test(path));
  return (await readImages({ workspace, paths, pluginOptions: {}, nxJson: {} })).images;
}

function replayOf(root: string, patterns: Readonly<Record<string, readonly string[]>>, range = 'main') {
  const readModel = async (workspace: Workspace): Promise<ReplayModel> => ({
    images: await imagesIn(workspace),
    decide(image, files) {
      const filter = patterns[image];
      const file = files.find((each) => filter && matchPathFilter(filter, each));
      return filter && { runs: file !== undefined, because: file ? `${file} matches` : 'no match' };
    },
  });
  return replayHistory({ root, range, readModel });
}

/** Commits by their numbers. */
function numbers({ commits }: HistoryReplay, ids: readonly { readonly commit: string }[] = []): number[] {
  return ids.map(({ commit }) => commits.findIndex((each) => each.commit === commit) + 1);
}

const start: Files = {
  'api/package.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM scratch\nCOPY package.json api/src shared /app/\n',
  'api/src/main.js': '1',
  'api/README.md': '1',
  'package.json': '{}',
  'shared/index.js': '1',
};

it('finds what a filter missed and wasted', async () => {
  const root = repository([
    start,
    { 'api/src/main.js': '2' },
    { 'shared/index.js': '2' }, // The filter does not know the shared folder.
    { 'docs/a.md': '' },
    { 'api/README.md': '2' }, // It knows too much of the project's.
    { 'package.json': '{"version":"2"}' },
    { 'package.json': '{}' },
    { 'shared/index.js': '3' },
    { 'docs/b.md': '' },
  ]);
  const result = await replayOf(root, { 'api:docker-build': ['api/**'] }, 'main');
  const [api] = result.images;
  expect(api).toMatchObject({ id: 'api:docker-build', commits: 9, changes: 6 });
  const { filters, projects } = api ?? {};
  expect(numbers(result, filters?.missed)).toEqual([3, 6, 8]);
  expect(filters?.missed.map(({ seconds }) => seconds)).toEqual([120, 60, 60]);
  expect(filters?.missed.map(({ healed }) => numbers(result, healed ? [{ commit: healed }] : []))).toEqual([
    [5],
    [7],
    [],
  ]);
  expect(filters?.missed[0]?.reason).toBe('shared/index.js changed');
  expect(filters).toMatchObject({ builds: 3, wasted: [], stale: 240 });
  expect(numbers(result, projects?.missed)).toEqual([3, 6, 8]);
});

it('knows that a build which heals is not wasted, and that one for nothing is', async () => {
  const root = repository([start, { 'api/README.md': '2' }, { 'api/README.md': '3' }]);
  const result = await replayOf(root, { 'api:docker-build': ['api/**'] });
  expect(numbers(result, result.images[0]?.filters?.wasted)).toEqual([2, 3]);
  expect(result.images[0]?.filters?.wasted[0]?.because).toBe('api/README.md matches');
});

it('takes a part of the history, and a deleted file', async () => {
  const root = repository([start, { 'shared/a.js': '' }, { 'shared/a.js': null }]);
  const result = await replayOf(root, { 'api:docker-build': ['api/**'] }, 'main~1..main');
  expect(result.commits).toHaveLength(1);
  expect(result.images[0]?.filters?.missed[0]?.reason).toBe('shared/a.js was deleted');
});

it('follows images that start from others, and images that come and go', async () => {
  const root = repository([
    { ...start, 'web/package.json': '{"name":"web"}', 'web/Dockerfile': 'FROM api\n' },
    { 'shared/index.js': '2' },
    { 'web/Dockerfile': null },
  ]);
  const { images } = await replayOf(root, { 'web:docker-build': ['web/**'] });
  const web = images.find(({ id }) => id === 'web:docker-build');
  expect(web).toMatchObject({ commits: 2, changes: 2 });
  expect(web?.filters?.missed[0]?.reason).toBe('its base image changed: shared/index.js changed');
  expect(images.find(({ id }) => id === 'api:docker-build')).not.toHaveProperty('filters');
});

/** What is kept up to date from commit to commit has to be what reading each commit alone gives. */
it('sees the same changes as reading every commit anew', async () => {
  const random = randomNumbers(7);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const paths = [
    'api/src/a.js',
    'api/src/b/c.js',
    'api/x.md',
    'shared/y',
    'shared/z/y',
    'src/q',
    'package.json',
  ];
  const dockerfiles = [
    'FROM scratch\nCOPY src /app/\n',
    'FROM scratch\nCOPY shared package*.json /app/\nCOPY api/src/*.js /app/\n',
    'FROM scratch\nCOPY . /app\n',
    'FROM scratch\nCOPY --form=broken x /app\n',
  ];
  const ignores = ['**/*.md\n', 'shared/z\n!shared/z/y\n', ''];
  const history: Files[] = [start];
  for (let count = 0; count < 40; count++) {
    const kind = random(100);
    history.push({
      ...(kind < 80 && { [pick(paths)]: random(3) === 0 ? null : String(random(3)) }),
      ...(kind > 70 && kind < 85 && { 'api/Dockerfile': pick(dockerfiles) }),
      ...(kind > 90 && { [pick(['.dockerignore', 'api/.dockerignore'])]: pick(ignores) }),
    });
  }
  const root = repository(history);
  const result = await replayOf(root, {});
  const blobs = blobReader(root);
  const states: (string | undefined)[] = [];
  for (const { commit } of result.commits) states.push(await inputsAt(await openCommit(root, commit, blobs)));
  const changed = states.filter((state, at) => state !== undefined && state !== states[at - 1]);
  expect(result.images[0]?.changes).toBe(changed.length);
  expect(changed.length).toBeGreaterThan(10);
}, 60_000);

async function inputsAt(commit: Commit): Promise<string | undefined> {
  const one = (await imagesIn(commit)).find(({ image }) => imageId(image) === 'api:docker-build');
  return one && trackImage(one, commit).inputs();
}
