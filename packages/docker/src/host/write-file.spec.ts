import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileWhole } from './write-file.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-file-'));
});

function path(name: string): string {
  return join(folder, name);
}

it('makes a file and the folders above it, and leaves nothing beside it', () => {
  writeFileWhole(path('a/b/c.json'), 'new');
  expect([readFileSync(path('a/b/c.json'), 'utf8'), readdirSync(path('a/b'))]).toEqual(['new', ['c.json']]);
});

it.each([0o640, 0o755, 0o666, 0o4711])('keeps the mode %o of a file', (mode) => {
  writeFileWhole(path('file'), 'old');
  chmodSync(path('file'), mode);
  writeFileWhole(path('file'), 'new');
  expect([readFileSync(path('file'), 'utf8'), statSync(path('file')).mode & 0o7777]).toEqual(['new', mode]);
});

it('writes through links, also to a file that is not there yet', () => {
  symlinkSync('second', path('first'));
  symlinkSync('target', path('second'));
  for (const text of ['one', 'two']) {
    writeFileWhole(path('first'), text);
    expect([readFileSync(path('target'), 'utf8'), readdirSync(folder)]).toEqual([
      text,
      ['first', 'second', 'target'],
    ]);
  }
  expect(['first', 'second'].map((name) => lstatSync(path(name)).isSymbolicLink())).toEqual([true, true]);
});

it('writes to a device and does not replace it', () => {
  writeFileWhole('/dev/null', 'text');
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

it('leaves nothing beside what it cannot replace', () => {
  symlinkSync('loop', path('loop'));
  expect(() => writeFileWhole(path('loop'), 'new')).toThrow('ELOOP');
  expect(() => writeFileWhole(folder, 'new')).toThrow('EISDIR');
  expect(readdirSync(folder)).toEqual(['loop']);
});
