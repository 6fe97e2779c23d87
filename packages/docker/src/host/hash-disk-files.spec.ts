import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryWorkspace } from '../../testing/temporary-workspace.js';
import { readObjectFormat } from './git/read-object-format.js';
import { hashDiskFiles } from './hash-disk-files.js';

it.each(['sha1', 'sha256'] as const)('gives files the ids of git in a repository by %s', async (format) => {
  const root = temporaryWorkspace({ empty: '', 'a b\n"c"': 'text\n', latin: '\xe9\0' });
  writeFileSync(join(root, 'large'), Buffer.alloc(17 * 1024 ** 2, 'x'));
  execFileSync('git', ['init', '--quiet', `--object-format=${format}`], { cwd: root });
  expect(await readObjectFormat(root)).toBe(format);
  const paths = ['empty', 'a b\n"c"', 'latin', 'large'];
  const ids = paths.map((path) =>
    execFileSync('git', ['hash-object', '--no-filters', '--', path], { cwd: root, encoding: 'utf8' }).trim(),
  );
  expect([...(await hashDiskFiles(root, paths, format))]).toEqual(paths.map((path, at) => [path, ids[at]]));
});

it('hashes as most repositories do where there is none', async () => {
  expect(await readObjectFormat(temporaryWorkspace({}))).toBe('sha1');
});

it('has no id for what cannot be read', async () => {
  const root = temporaryWorkspace({});
  mkdirSync(join(root, 'folder'));
  expect(await hashDiskFiles(root, ['folder', 'absent'], 'sha1')).toEqual(new Map());
});
