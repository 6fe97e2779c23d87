import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withScope } from './scope.mjs';

test('undoes in reverse order and returns what the work returned', async () => {
  /** @type {string[]} */
  const undone = [];
  const result = await withScope(async (scope) => {
    scope.defer(() => undone.push('first'));
    scope.defer(() => undone.push('second'));
    return 7;
  });
  assert.equal(result, 7);
  assert.deepEqual(undone, ['second', 'first']);
});

test('undoes when the work fails, also after an undo that fails', async () => {
  let undone = false;
  const work = withScope(async (scope) => {
    scope.defer(() => {
      undone = true;
    });
    scope.defer(() => {
      throw new Error('this undo fails');
    });
    throw new Error('the work fails');
  });
  await assert.rejects(work, /the work fails/);
  assert.equal(undone, true);
});

test('a signal ends the work with an interruption, and what it started meanwhile is undone', async () => {
  let undone = false;
  const keepAlive = setTimeout(() => undefined, 10_000);
  const work = withScope(async (scope) => {
    process.kill(process.pid, 'SIGTERM');
    await new Promise((resolve) => scope.signal.addEventListener('abort', resolve));
    scope.defer(() => {
      undone = true;
    });
  });
  await assert.rejects(work, { name: 'Interruption', exitCode: 143 });
  clearTimeout(keepAlive);
  assert.equal(undone, true);
});
