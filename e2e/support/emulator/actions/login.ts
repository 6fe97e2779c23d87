import { join } from 'node:path';
import { execa } from 'execa';
import type { Action } from './run-action.js';

/**
 * Docker's own login into the configuration of this job. What the token may do there, the registry decides: that of the
 * emulator, which stands for GitHub's.
 */
export const login: Action = {
  inputs: ['logout', 'password', 'registry', 'username'],
  run: async ({ github, home, workspace, masks }, { inputs }) => {
    const { username = '', password = '' } = inputs;
    const registry = inputs.registry === 'ghcr.io' ? github.registry : inputs.registry;
    if (registry !== github.registry) throw new Error(`the emulator has no registry ${registry}`);
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
