import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOsRelease } from './os-release.mjs';

test('reads quoted and bare values', () => {
  const text =
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n';
  assert.deepEqual(parseOsRelease(text), { id: 'debian', version: 12, codename: 'bookworm' });
});

test('keeps the minor version of Ubuntu', () => {
  const text = "ID=ubuntu\nVERSION_ID='24.04'\nVERSION_CODENAME=noble\n";
  assert.deepEqual(parseOsRelease(text), { id: 'ubuntu', version: 24.04, codename: 'noble' });
});

test('has no version where the release has none, as Debian unstable', () => {
  assert.deepEqual(parseOsRelease('ID=debian\n'), { id: 'debian', version: undefined, codename: undefined });
});

test('is plain Linux where nothing is said', () => {
  assert.deepEqual(parseOsRelease('# empty\n'), { id: 'linux', version: undefined, codename: undefined });
});
