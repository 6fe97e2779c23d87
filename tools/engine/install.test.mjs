import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choosePackages } from './install.mjs';

/** @param {string} id @param {number} [version] */
function suites(id, version) {
  return choosePackages({ id, version, codename: undefined })?.map(({ suite }) => suite ?? 'own');
}

test('a release with a recent Docker gives its own', () => {
  assert.deepEqual(suites('debian', 13), ['own']);
  assert.deepEqual(suites('ubuntu', 22.04), ['own']);
  assert.deepEqual(suites('ubuntu', 24.04), ['own']);
});

test('Debian unstable, which has no version, gives its own', () => {
  assert.deepEqual(suites('debian'), ['own']);
});

test('Debian 12 takes Docker from trixie and the rest from itself', () => {
  assert.deepEqual(suites('debian', 12), ['trixie', 'own']);
});

test('other systems have none', () => {
  assert.equal(suites('debian', 11), undefined);
  assert.equal(suites('ubuntu', 20.04), undefined);
  assert.equal(suites('fedora', 42), undefined);
  assert.equal(suites('linux'), undefined);
});
