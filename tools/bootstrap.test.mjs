import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInstalled } from './bootstrap.mjs';

const left = { version: '1.0.0', resolved: 'https://registry/left-1.0.0.tgz' };
const wanted = { packages: { '': {}, 'packages/docker': { version: '0.1.0' }, 'node_modules/left': left } };

test('nothing is installed without a record of npm', () => {
  assert.equal(isInstalled(wanted, undefined), false);
});

test('everything is installed when the record has the same packages', () => {
  assert.equal(isInstalled(wanted, { packages: { 'node_modules/left': left } }), true);
});

test('a package that the record lacks is missing', () => {
  assert.equal(isInstalled(wanted, { packages: {} }), false);
});

test('a package of another platform may be missing', () => {
  const optional = { packages: { 'node_modules/left': { ...left, optional: true } } };
  assert.equal(isInstalled(optional, { packages: {} }), true);
});

test('another version, or the same one from elsewhere, is not what is wanted', () => {
  for (const other of [{ version: '1.0.1' }, { resolved: 'https://elsewhere/left-1.0.0.tgz' }]) {
    const installed = { packages: { 'node_modules/left': { ...left, ...other } } };
    assert.equal(isInstalled(wanted, installed), false, JSON.stringify(other));
  }
});
