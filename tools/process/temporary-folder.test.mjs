import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { withScope } from './scope.mjs';
import { fillFolder, temporaryFolder } from './temporary-folder.mjs';

// No process has this id: it is above the highest one of Linux.
const nobody = 4194305;
let parent = '';

before(async () => {
  parent = await mkdtemp(join(tmpdir(), 'temporary-folder-test-'));
});
after(() => rm(parent, { recursive: true }));

test('a temporary folder goes with its scope, and takes along those of killed processes', async () => {
  for (const name of [`data-${nobody}-abcdef`, `other-${nobody}-abcdef`]) await mkdir(join(parent, name));
  const during = await withScope(async (scope) => {
    await temporaryFolder('data', { parent, scope });
    return readdir(parent);
  });
  assert.deepEqual(
    during.map((name) => name.replace(/\w{6}$/, '')),
    [`data-${process.pid}-`, `other-${nobody}-`],
  );
  assert.deepEqual(await readdir(parent), [`other-${nobody}-abcdef`]);
});

test('a filled folder replaces what was there, and only when it is complete', async () => {
  const target = join(parent, 'target');
  /** @param {string} file */
  const fillWith = (file) => async (/** @type {string} */ folder) => {
    await writeFile(join(folder, file), '');
    if (file === 'broken') throw new Error('half filled');
    return folder;
  };
  await fillFolder(target, fillWith('first'));
  await assert.rejects(fillFolder(target, fillWith('broken')), /half filled/);
  assert.deepEqual(await readdir(target), ['first']);
  await fillFolder(target, fillWith('second'));
  assert.deepEqual(await readdir(target), ['second']);
  assert.deepEqual(
    (await readdir(parent)).filter((name) => name.includes('partial')),
    [],
  );
});
