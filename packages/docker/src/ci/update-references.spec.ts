import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeRegistry } from '../../testing/fake-registry.js';
import type { PublishedRecord } from '../core/build/published-record.js';
import { commitTag } from '../core/registry/guard-tag.js';
import { type UpdateReferencesOptions, updateReferences } from './update-references.js';

const file = 'k8s/$(touch MARK) ü "x".yml';
jest.setTimeout(60_000);

let folder = '';
let root = '';

function git(cwd: string, ...args: string[]): string {
  const settings = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'init.defaultBranch=main',
  ];
  return execFileSync('git', [...settings, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

function commitFile(clone: string, path: string, text: string): string {
  writeFileSync(join(clone, path), text);
  git(clone, 'add', '--all');
  git(clone, 'commit', '--quiet', '--message', text);
  git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
  return git(clone, 'rev-parse', 'HEAD');
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'update-references-'));
  root = join(folder, 'clone');
  git(folder, 'init', '--quiet', '--bare', 'origin.git');
  for (const name of ['clone', 'other']) git(folder, 'clone', '--quiet', 'origin.git', name);
  execFileSync('mkdir', [join(root, 'k8s')]);
  commitFile(root, file, 'old');
  git(join(folder, 'other'), 'pull', '--quiet', 'origin', 'main');
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

function atOrigin(path: string, branch = 'main'): string {
  return git(join(folder, 'origin.git'), 'show', `${branch}:${path}`);
}

function record(image: string, revision: string): PublishedRecord {
  const names = { project: 'api', target: 'docker-build', image, imageRef: `${image}:main` };
  return { version: 1, ...names, tags: ['main'], platforms: [], duration: 0, revision };
}

/** Writes the same text, whatever the records are, and says what it was given. */
function update(options: Partial<UpdateReferencesOptions> = {}, given: (readonly PublishedRecord[])[] = []) {
  return updateReferences({
    root,
    records: [],
    branch: 'main',
    to: { branch: 'main', force: false },
    setReferences: async (tree, records) => {
      given.push(records);
      const changed = readFileSync(join(tree, file), 'utf8') === 'new' ? [] : [file];
      writeFileSync(join(tree, file), 'new');
      return { changed, edits: [], problems: [] };
    },
    ...options,
  });
}

it('commits at the tip of the branch and leaves the checkout as it is', async () => {
  const other = commitFile(join(folder, 'other'), 'other', 'other');
  const before = git(root, 'rev-parse', 'HEAD');
  const { commit, changed } = await update();
  expect(changed).toEqual([file]);
  expect(git(join(folder, 'origin.git'), 'log', '-1', '--format=%H %P', 'main')).toBe(`${commit} ${other}`);
  expect(atOrigin(file)).toBe('new');
  expect([git(root, 'rev-parse', 'HEAD'), git(root, 'status', '--porcelain')]).toEqual([before, '']);
  expect(readFileSync(join(root, file), 'utf8')).toBe('old');
  expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(1);
});

it('pushes nothing where nothing changes', async () => {
  await update();
  expect(await update()).toEqual({ changed: [] });
});

it('starts again from the commit of somebody who pushed in between', async () => {
  let pushes = 0;
  const { commit } = await update({
    setReferences: async (tree) => {
      if (pushes++ === 0) commitFile(join(folder, 'other'), 'other', 'other');
      writeFileSync(join(tree, file), 'new');
      return { changed: [file], edits: [], problems: [] };
    },
  });
  expect([pushes, atOrigin('other'), atOrigin(file)]).toEqual([2, 'other', 'new']);
  expect(git(join(folder, 'origin.git'), 'rev-parse', 'main')).toBe(commit);
});

it('gives up where others are faster each time', async () => {
  let pushes = 0;
  const result = update({
    attempts: 2,
    setReferences: async (tree) => {
      commitFile(join(folder, 'other'), 'other', `other ${pushes++}`);
      writeFileSync(join(tree, file), 'new');
      return { changed: [file], edits: [], problems: [] };
    },
  });
  await expect(result).rejects.toThrow(
    'others pushed to main each time before this could (2 attempts) (GIT_FAILED)',
  );
});

it('pushes over its own branch for a pull request', async () => {
  const to = { branch: 'docker-references', force: true };
  await update({ to });
  commitFile(join(folder, 'other'), 'other', 'other');
  await update({ to });
  expect([atOrigin(file), atOrigin(file, to.branch), atOrigin('other', to.branch)]).toEqual([
    'old',
    'new',
    'other',
  ]);
});

it('says in the words of the server why a push is refused', async () => {
  const hook = join(folder, 'origin.git/hooks/pre-receive');
  writeFileSync(hook, '#!/bin/sh\necho "GH006: Protected branch update failed" >&2\nexit 1\n');
  chmodSync(hook, 0o755);
  await expect(update()).rejects.toThrow(
    /git push to main was refused: remote: GH006: Protected branch update failed.* \(GIT_FAILED\)\n {2}Fix: let this job/,
  );
});

it('writes nothing where a reference is wrong', async () => {
  const problem = { code: 'ADVICE', severity: 'error', message: 'no', fix: 'yes' } as const;
  const setReferences = async () => ({ changed: [], edits: [], problems: [problem] });
  await expect(update({ setReferences })).rejects.toThrow('no (ADVICE)');
});

it('leaves out images whose commit is outdated, or gone from the branch', async () => {
  const first = git(root, 'rev-parse', 'HEAD');
  const second = commitFile(root, 'second', 'second');
  const gone = commitFile(root, 'gone', 'gone');
  git(root, 'reset', '--quiet', '--hard', second);
  git(root, 'push', '--quiet', '--force', 'origin', 'HEAD:main');
  const registry = await fakeRegistry((request, response) =>
    response.end(JSON.stringify({ tags: request.url?.includes('/api/') ? [commitTag(second)] : [] })),
  );
  const [api, web] = [`${registry.host}/acme/api`, `${registry.host}/acme/web`];
  const records = [record(api, first), record(web, first), record(api, second), record(web, gone)];
  const given: (readonly PublishedRecord[])[] = [];
  await update({ records }, given);
  await registry.close();
  expect(given).toEqual([[record(web, first), record(api, second)]]);
});

it('goes on where the registry may not be read', async () => {
  const registry = await fakeRegistry((_, response) => response.writeHead(403).end());
  const records = [record(`${registry.host}/acme/api`, git(root, 'rev-parse', 'HEAD'))];
  const given: (readonly PublishedRecord[])[] = [];
  await update({ records }, given);
  await registry.close();
  expect(given).toEqual([records]);
});
