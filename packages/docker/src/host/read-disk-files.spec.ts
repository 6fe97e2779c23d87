import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDiskFiles } from './read-disk-files.js';

const root = mkdtempSync(join(tmpdir(), 'read-disk-files-'));
mkdirSync(join(root, 'a/empty'), { recursive: true });
mkdirSync(join(root, 'a/skipped'));
writeFileSync(join(root, 'a/file'), 'abc');
writeFileSync(join(root, 'a/skipped/file'), '');
writeFileSync(join(root, 'a/run'), '');
chmodSync(join(root, 'a/run'), 0o755);
symlinkSync('empty', join(root, 'a/link'));

function read(paths: string[], skip = (_: string) => false) {
  return readDiskFiles({ root, paths, skip }).sort((x, y) => (x.path < y.path ? -1 : 1));
}

it('reads files, modes, links and empty folders', () => {
  expect(read(['a'], (folder) => folder === 'a/skipped')).toEqual([
    { path: 'a/empty', mode: 'folder', size: 0 },
    { path: 'a/file', mode: 'file', size: 3 },
    { path: 'a/link', mode: 'symlink', link: 'empty', size: 5 },
    { path: 'a/run', mode: 'executable', size: 0 },
  ]);
});

it('expands globs, dotfiles included, without looking elsewhere', () => {
  writeFileSync(join(root, 'a/.file'), '');
  expect(read(['*/*file']).map(({ path }) => path)).toEqual(['a/.file', 'a/file']);
});

it('follows links on the way to a path and at its end', () => {
  symlinkSync('a', join(root, 'to-a'));
  symlinkSync('to-a/file', join(root, 'to-file'));
  expect(read(['to-file']).map(({ path, mode }) => `${mode} ${path}`)).toEqual([
    'file a/file',
    'symlink to-a',
    'symlink to-file',
  ]);
});

it('does not follow links out of the root or in circles', () => {
  symlinkSync('../..', join(root, 'out'));
  symlinkSync('circle', join(root, 'circle'));
  expect(read(['out/x', 'circle']).map(({ path }) => path)).toEqual(['circle', 'out']);
});

it.each([['a/file'], ['.']])('reads from %s', (path) => {
  expect(read([path]).map((file) => file.path)).toContain('a/file');
});

it('leaves out what is not there', () => {
  expect(read(['b', 'a/file/x'])).toEqual([]);
});

it('reads a path once that is named twice', () => {
  expect(read(['a/file', 'a/file', 'a']).filter(({ path }) => path === 'a/file')).toHaveLength(1);
});
