import { join } from 'node:path';
import { commit, git, temporaryRepository } from '../../../testing/temporary-repository.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { findCommit, findMergeBase, readParents, requireCommit } from './find-commit.js';
import { readRepository } from './read-repository.js';

it('finds commits by any name, and nothing else', async () => {
  const root = temporaryRepository({ 'a/b': '' });
  const first = git(root, 'rev-parse', 'HEAD');
  const second = commit(root, { c: '' });
  git(root, 'tag', '--annotate', '--message=x', 'v1');
  for (const name of [second, 'HEAD', 'main', 'v1', 'refs/heads/main'])
    expect(await findCommit(root, name)).toBe(second);
  expect(await findCommit(root, 'HEAD~1')).toBe(first);
  for (const name of [
    '',
    '0'.repeat(40),
    'f'.repeat(40),
    'mian',
    '--all',
    '-h',
    'HEAD:a',
    '$(touch x)',
    'a\0b',
    '\n',
  ])
    expect([name, await findCommit(root, name)]).toEqual([name, undefined]);
  await expect(requireCommit(root, 'mian')).rejects.toThrow(
    '"mian" names no commit that this clone has (GIT_FAILED)',
  );
});

it('finds where two branches parted, and the parents of a merge', async () => {
  const root = temporaryRepository({ a: '' });
  const fork = git(root, 'rev-parse', 'HEAD');
  git(root, 'switch', '--quiet', '--create', 'topic');
  const topic = commit(root, { b: '' });
  git(root, 'switch', '--quiet', 'main');
  const main = commit(root, { c: '' });
  expect(await findMergeBase(root, topic, main)).toBe(fork);
  git(root, 'merge', '--quiet', '--message=Merge', 'topic');
  expect(await readParents(root, 'HEAD')).toEqual([main, topic]);
  git(root, 'switch', '--quiet', '--orphan', 'other');
  expect(await findMergeBase(root, commit(root), main)).toBeUndefined();
});

it('knows where in its clone a folder is, and if the clone is whole', async () => {
  const root = temporaryRepository({ 'work space/ünï/nx.json': '{}' });
  commit(root);
  expect(await readRepository(root)).toEqual({ prefix: '', isShallow: false });
  expect(await readRepository(join(root, 'work space/ünï'))).toEqual({
    prefix: 'work space/ünï/',
    isShallow: false,
  });
  const clone = join(temporaryWorkspace({}), 'clone');
  git(root, 'clone', '--quiet', '--depth=1', `file://${root}`, clone);
  expect((await readRepository(clone)).isShallow).toBe(true);
  await expect(readRepository(temporaryWorkspace({}))).rejects.toThrow('GIT_FAILED');
});
