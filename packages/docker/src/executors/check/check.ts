import type { ExecutorContext } from '@nx/devkit';
import { DockerPluginError } from '../../core/errors.js';
import { readTerminal } from '../../host/read-terminal.js';
import type { CheckExecutorOptions } from '../../nx/checked-project.js';
import { checkReferences } from '../../reports/references/check-references.js';
import { formatCheck, summarizeCheck } from '../../reports/references/format-check.js';

/** Says what `moltbook-docker k8s check` says, and fails on an error. */
export default async function check(
  { paths }: CheckExecutorOptions,
  { root }: Pick<ExecutorContext, 'root'>,
): Promise<{ success: boolean }> {
  try {
    const result = await checkReferences(root, [], paths ? { paths } : {});
    process.stdout.write(`${formatCheck(result, readTerminal())}${summarizeCheck(result)}\n`);
    return { success: result.problems.every(({ severity }) => severity !== 'error') };
  } catch (error) {
    if (!(error instanceof DockerPluginError)) throw error;
    console.error(`\n${error.message}\n`);
    return { success: false };
  }
}
