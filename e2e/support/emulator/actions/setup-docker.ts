import { run } from '../../run.js';
import type { Action } from './run-action.js';

/**
 * The engine of the tests is there, with containerd's image store as the workflow asks for it. From here on the job has
 * it for itself.
 */
export const setupDocker: Action = {
  inputs: ['daemon-config', 'version'],
  run: async ({ github, workspace, atEnd }, { inputs }) => {
    await new Promise<void>((begin) => {
      void github.engine(() => {
        begin();
        return new Promise<void>((end) => atEnd.push(end));
      });
    });
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
