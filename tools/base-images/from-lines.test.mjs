import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBaseImages } from './from-lines.mjs';

const cases = [
  { title: 'one image', text: 'FROM node:20\nRUN true\n', images: ['node:20'] },
  { title: 'a stage is no image', text: 'FROM node:20 AS Build\nFROM build\n', images: ['node:20'] },
  {
    title: 'each once',
    text: 'FROM node:20 AS a\nfrom node:20 as b\nFROM node:22\n',
    images: ['node:20', 'node:22'],
  },
  { title: 'flags are skipped', text: 'FROM --platform=linux/amd64 alpine AS a\n', images: ['alpine'] },
  { title: 'scratch is no image', text: 'FROM scratch\nCOPY --from=a / /\n', images: [] },
  { title: 'a comment is no FROM line', text: '# FROM node:18\n', images: [] },
];

for (const { title, text, images } of cases) {
  test(title, () => assert.deepEqual(findBaseImages(text), images));
}

test('a variable is refused', () => {
  assert.throws(() => findBaseImages('ARG V=20\nFROM node:$V\n'), /FROM node:\$V/);
});
