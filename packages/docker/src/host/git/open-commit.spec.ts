import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, temporaryRepository } from '../../../testing/temporary-repository.js';
import { openCommit } from './open-commit.js';

it('reads a commit that is not checked out', async () => {
  const root = temporaryRepository({ 'api/Dockerfile': 'FROM a\n', 'größe "1"\n.txt': 'x', 'run.sh': '' });
  chmodSync(join(root, 'run.sh'), 0o755);
  symlinkSync('run.sh', join(root, 'link'));
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message=second');
  const revision = git(root, 'rev-parse', 'HEAD');
  writeFileSync(join(root, 'api/Dockerfile'), 'FROM b\n');
  git(root, 'rm', '--quiet', 'run.sh');
  git(root, 'commit', '--quiet', '--all', '--message=third');

  const commit = await openCommit(root, revision);
  expect(commit.index.paths).toEqual(['api/Dockerfile', 'größe "1"\n.txt', 'link', 'nx.json', 'run.sh']);
  expect(commit.index.links.get('link')).toBe('run.sh');
  expect([...commit.index.executables]).toEqual(['run.sh']);
  expect(commit.readText('api/Dockerfile')).toBe('FROM a\n');
  expect(commit.readText('größe "1"\n.txt')).toBe('x');
  expect(commit.readText('nowhere')).toBeUndefined();
});

it('says what git says about a commit that is not there', async () => {
  const root = temporaryRepository({ a: '' });
  await expect(openCommit(root, 'f'.repeat(40))).rejects.toThrow(/GIT_FAILED[\s\S]*Fix: .*fetch-depth/);
});

it('does not take a revision for an option', async () => {
  const root = temporaryRepository({ a: '' });
  await expect(openCommit(root, '--name-only')).rejects.toThrow('GIT_FAILED');
});
