import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runFolder } from './run-folder.mjs';

const long = `/home/${'a'.repeat(90)}/.cache/engine/1`;

test('a short slot has its sockets in it', () => {
  assert.equal(runFolder('/home/me/.cache/engine/1', '/run/user/1'), '/home/me/.cache/engine/1/run');
});

test('a long one has them below the temporary folder', () => {
  assert.match(runFolder(long, '/run/user/1'), /^\/run\/user\/1\/moltbook-[0-9a-f]{8}$/);
});

test('a temporary folder that is too long itself gives way to /tmp', () => {
  assert.match(runFolder(long, `/tmp/${'b'.repeat(90)}`), /^\/tmp\/moltbook-[0-9a-f]{8}$/);
});

test('two long slots do not share a folder', () => {
  assert.notEqual(runFolder(long, '/tmp'), runFolder(`${long}1`, '/tmp'));
});
