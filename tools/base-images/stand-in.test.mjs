import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkMajor } from './stand-in.mjs';

test('the running major can stand in', () => {
  for (const image of [
    'node:20',
    'node:20-bookworm-slim',
    'node:20.11.0',
    'docker.io/library/node:20-alpine',
  ]) {
    assert.doesNotThrow(() => checkMajor(image, '20.20.2'), image);
  }
});

test('another major is refused, and the message says which Node to use', () => {
  assert.throws(() => checkMajor('node:22-slim', '20.20.2'), /run this with Node 22/);
  assert.throws(() => checkMajor('node:2-slim', '20.20.2'), /run this with Node 2\b/);
});

test('other images are refused', () => {
  for (const image of ['alpine:3', 'node:lts', 'example.com/node:20']) {
    assert.throws(() => checkMajor(image, '20.20.2'), /only made for node/);
  }
});
