import { run } from '../../run.js';
import type { Action } from './run-action.js';

/** The engine of the tests is there, with containerd's image store as the workflow asks for it. */
export const setupDocker: Action = {
  inputs: ['daemon-config', 'version'],
  run: async ({ workspace }, { inputs }) => {
    const { features } = JSON.parse(inputs['daemon-config'] || '{}') as {
      features?: Record<string, boolean>;
    };
    const { stdout } = await run(['docker', 'info', '--format', '{{json .DriverStatus}}'], {
      cwd: workspace,
    });
    if (features?.['containerd-snapshotter'] && !stdout.includes('io.containerd.snapshotter'))
      throw new Error('the engine of the tests has no image store of containerd');
    return {};
  },
};
