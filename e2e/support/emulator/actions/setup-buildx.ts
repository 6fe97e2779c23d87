import { join } from 'node:path';
import { run } from '../../run.js';
import type { Action } from './run-action.js';

/** Makes a builder and uses it. It is the engine's own BuildKit: one in a container would need the network. */
export const setupBuildx: Action = {
  inputs: ['buildkitd-flags', 'cache-binary', 'driver', 'driver-opts', 'version'],
  run: async ({ github, workspace, home }) => {
    const env = { DOCKER_CONFIG: join(home, '.docker') };
    const address = `tcp://${github.builder}`;
    const args = ['docker', 'buildx', 'create', '--name', 'emulator', '--driver', 'remote', '--use', address];
    await run(args, { cwd: workspace, env });
    return { name: 'emulator' };
  },
};
