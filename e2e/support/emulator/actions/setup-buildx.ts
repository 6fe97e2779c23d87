import { run } from '../../run.js';
import type { Action } from './run-action.js';

/** The engine of the tests builds itself: a builder in a container would need an image from the network. */
export const setupBuildx: Action = {
  inputs: ['buildkitd-flags', 'driver', 'driver-opts', 'version'],
  run: async ({ workspace }) => {
    await run(['docker', 'buildx', 'version'], { cwd: workspace });
    return { name: 'default' };
  },
};
