import type { ExecutorContext } from '@nx/devkit';
import { DockerPluginError } from '../../core/errors.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { makeImage } from './make-image.js';
import { printCommand } from './print-command.js';

/** Builds one image. Known errors are printed short; anything else is a bug and is thrown with its stack. */
export default async function build(
  options: BuildExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  try {
    if (options.print) await printCommand(options, context);
    else await makeImage(options, context);
    return { success: true };
  } catch (error) {
    if (!(error instanceof DockerPluginError)) throw error;
    console.error(`\n${error.message}\n`);
    return { success: false };
  }
}
