import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commit, git, temporaryRepository } from '../../../testing/temporary-repository.js';
import { blobReader } from './blob-reader.js';
import { openCommit } from './open-commit.js';
import { openWorkTree } from './open-work-tree.js';
import { readTree } from './read-tree.js';

async function open(root: string, prefix = '') {
  return openWorkTree(root, await readTree(root, 'HEAD'), { prefix, blobs: blobReader(root) });
}

it('is what a commit of all changes would be', async () => {
  const root = temporaryRepository({
    same: 'same',
    'sub/changed': 'old',
    'größe "1"\n.txt': 'old',
    gone: '',
    staged: 'old',
    run: '',
    ignored: '',
    '.gitignore': 'ignored\n',
  });
  writeFileSync(join(root, 'sub/changed'), 'new');
  writeFileSync(join(root, 'größe "1"\n.txt'), 'new');
  writeFileSync(join(root, 'staged'), 'new');
  git(root, 'add', 'staged');
  rmSync(join(root, 'gone'));
  chmodSync(join(root, 'run'), 0o755);
  symlinkSync('run', join(root, 'link'));
  mkdirSync(join(root, 'new'));
  writeFileSync(join(root, 'new/-- file'), 'new');
  writeFileSync(join(root, 'ignored'), 'x');

  const workTree = await open(root);
  const committed = await openCommit(root, commit(root));
  expect(workTree.entries).toEqual(committed.entries);
  expect(workTree.index).toEqual(committed.index);
  expect(workTree.readText('sub/changed')).toBe('new');
  expect(workTree.readText('same')).toBe('same');
  expect(workTree.readText('gone')).toBeUndefined();
});

it('is the head where nothing is changed', async () => {
  const root = temporaryRepository({ a: '' });
  expect((await open(root)).entries).toEqual((await openCommit(root, 'HEAD')).entries);
});

it('sees a submodule that has changes', async () => {
  const inner = temporaryRepository({ a: '' });
  const root = temporaryRepository({ b: '' });
  git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'inner');
  commit(root);
  const before = (await open(root)).entries.get('inner');
  expect(before).toMatchObject({ mode: 'submodule', oid: git(inner, 'rev-parse', 'HEAD') });
  writeFileSync(join(root, 'inner/a'), 'changed');
  expect((await open(root)).entries.get('inner')?.oid).toMatch(/ with changes$/);
});
