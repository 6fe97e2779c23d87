import type { Action } from './run-action.js';

/** The Node that runs the tests is there. */
export const setupNode: Action = {
  inputs: ['cache', 'check-latest', 'node-version', 'node-version-file', 'package-manager-cache'],
  run: () => ({ 'node-version': process.version }),
};
