import { join } from 'node:path';
import { execa } from 'execa';
import type { Action } from './run-action.js';

/** Docker's own login into the configuration of this job. What the token may do there, the registry decides. */
export const login: Action = {
  inputs: ['logout', 'password', 'registry', 'username'],
  run: async ({ home, workspace, masks }, { inputs }) => {
    const { registry = '', username = '', password = '' } = inputs;
    if (username === '' || password === '') throw new Error('Username and password required');
    masks.add(password);
    await execa('docker', ['login', '--username', username, '--password-stdin', registry], {
      cwd: workspace,
      env: { DOCKER_CONFIG: join(home, '.docker') },
      input: password,
    });
    return {};
  },
};
