import {
  chmodSync,
  chownSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { temporaryWorkspace } from '../../testing/temporary-workspace.js';
import { type FileChange, writeFilesTogether } from './write-files-together.js';

const isRoot = process.getuid?.() === 0;
const past = new Date('2001-02-03T04:05:06.789Z');

let root = '';
beforeEach(() => {
  root = temporaryWorkspace({ 'a/one.yml': 'one\n', 'b/two.yml': 'two\n' });
  for (const file of ['a/one.yml', 'b/two.yml']) utimesSync(path(file), past, past);
});

function path(file: string): string {
  return join(root, file);
}

function change(file: string, after = 'new\n'): FileChange {
  return { path: path(file), before: readFileSync(path(file)), after: Buffer.from(after) };
}

/** Bytes, mode, owner and time of both files, and all names: what a failure must not change. */
function state(): unknown {
  const files = ['a/one.yml', 'b/two.yml'].map((file) => {
    const { mode, uid, gid, mtimeMs } = statSync(path(file));
    return [readFileSync(path(file), 'utf8'), mode, uid, gid, Math.round(mtimeMs)];
  });
  return [...files, readdirSync(root, { recursive: true }).sort()];
}

it.each([0o600, 0o644, 0o664, 0o775, 0o2755])('keeps the mode %o, whatever the umask', (mode) => {
  chmodSync(path('a/one.yml'), mode);
  const before = process.umask(0o077);
  try {
    writeFilesTogether(root, [change('a/one.yml')]);
  } finally {
    process.umask(before);
  }
  expect([readFileSync(path('a/one.yml'), 'utf8'), statSync(path('a/one.yml')).mode & 0o7777]).toEqual([
    'new\n',
    mode,
  ]);
});

it('writes the file that a link leads to, once for several links', () => {
  symlinkSync('one.yml', path('a/link.yml'));
  symlinkSync('../a/link.yml', path('b/link.yml'));
  writeFilesTogether(root, [change('a/link.yml'), change('a/one.yml'), change('b/link.yml')]);
  expect(readFileSync(path('a/one.yml'), 'utf8')).toBe('new\n');
  expect(lstatSync(path('b/link.yml')).isSymbolicLink()).toBe(true);
  expect(readdirSync(path('a')).sort()).toEqual(['link.yml', 'one.yml']);
});

it('returns what makes the files as they were, with their times', () => {
  chmodSync(path('b/two.yml'), 0o600);
  const before = state();
  const putBack = writeFilesTogether(root, [change('a/one.yml'), change('b/two.yml')]);
  expect(state()).not.toEqual(before);
  putBack();
  expect(state()).toEqual(before);
});

it('refuses a read-only file, and leaves all as it was', () => {
  chmodSync(path('b/two.yml'), 0o444);
  const before = state();
  expect(() => writeFilesTogether(root, [change('a/one.yml'), change('b/two.yml')])).toThrow(
    'b/two.yml is read-only (FILE_UNWRITABLE)\n  Fix: run chmod u+w b/two.yml',
  );
  expect(state()).toEqual(before);
});

it('refuses a file in a folder that takes no changes, and leaves all as it was', () => {
  for (const file of ['a', 'a/one.yml', 'b/two.yml']) chmodSync(path(file), 0o777);
  chmodSync(path('b'), 0o555);
  const before = state();
  try {
    expect(() => asUser(() => writeFilesTogether(root, [change('a/one.yml'), change('b/two.yml')]))).toThrow(
      'b/two.yml cannot be written: permission denied (FILE_UNWRITABLE)\n  Fix: check the permissions',
    );
    expect(state()).toEqual(before);
  } finally {
    chmodSync(path('b'), 0o755);
  }
});

describe('for which a spec needs to be root', () => {
  const rootIt = isRoot ? it : it.skip;

  rootIt('keeps the owner', () => {
    chownSync(path('a/one.yml'), 65534, 1234);
    chmodSync(path('a/one.yml'), 0o4750);
    writeFilesTogether(root, [change('a/one.yml')]);
    const { uid, gid, mode } = statSync(path('a/one.yml'));
    expect([uid, gid, mode & 0o7777]).toEqual([65534, 1234, 0o4750]);
  });

  rootIt('puts the first file back where the second cannot be replaced', () => {
    // In a folder like /tmp everybody may make files, and replace none of others.
    chmodSync(path('a'), 0o777);
    chmodSync(path('b'), 0o1777);
    chownSync(path('a/one.yml'), 65534, 0);
    for (const file of ['a/one.yml', 'b/two.yml']) chmodSync(path(file), 0o666);
    const before = state();
    expect(() => asUser(() => writeFilesTogether(root, [change('a/one.yml'), change('b/two.yml')]))).toThrow(
      'b/two.yml cannot be written: permission denied',
    );
    expect(state()).toEqual(before);
  });

  rootIt('puts a file back in a folder that takes no changes any more', () => {
    chmodSync(path('a'), 0o777);
    chownSync(path('a/one.yml'), 65534, 0);
    const before = state();
    const putBack = asUser(() => writeFilesTogether(root, [change('a/one.yml')]));
    chmodSync(path('a'), 0o555);
    asUser(putBack);
    chmodSync(path('a'), 0o777);
    expect(state()).toEqual(before);
  });
});

/** Root is not held back by permissions. */
function asUser<T>(run: () => T): T {
  if (!isRoot) return run();
  chmodSync(root, 0o755);
  process.seteuid?.(65534);
  try {
    return run();
  } finally {
    process.seteuid?.(0);
  }
}
