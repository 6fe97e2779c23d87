import { DockerPluginError } from '../core/errors.js';
import { annotate } from '../host/ci-output.js';

/**
 * Asks a registry what need not be known. A job that writes manifests may have no permission to read images; the job
 * before it has seen all that it published.
 *
 * @param question For the warning where it is refused: `whether there is a newer commit`.
 * @returns `undefined` where the registry refuses.
 */
export async function ifAllowed<T>(ask: () => Promise<T>, question: string): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const problem = error instanceof DockerPluginError ? error.problems[0] : undefined;
    if (problem?.code !== 'REGISTRY_DENIED') throw error;
    annotate('warning', `it is not known here ${question}: ${problem.message}`);
    return undefined;
  }
}
