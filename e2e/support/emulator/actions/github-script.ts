import { runInNewContext } from 'node:vm';
import type { Action } from './run-action.js';

/** Runs a script that only hands the runner's own variables on; it finds nothing else to work with. */
export const githubScript: Action = {
  inputs: ['script'],
  run: (runner, { inputs }) => {
    const env = {
      ACTIONS_RUNTIME_TOKEN: 'runtime-token',
      ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/',
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_CACHE_URL: '',
    };
    const core = {
      exportVariable: (name: string, value: unknown) => {
        runner.env[name] = String(value ?? '');
      },
      setSecret: (value: string) => runner.masks.add(value),
    };
    runInNewContext(inputs.script ?? '', { core, process: { env } }, { timeout: 1000 });
    return {};
  },
};
