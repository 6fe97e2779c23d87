import { DockerPluginError } from '../errors.js';
import type { Plan } from './plan.js';

/** An output of a GitHub step. */
export interface Output {
  readonly name: string;
  readonly value: string;
}

/** All outputs of a job together, counted in UTF-16: https://docs.github.com/actions/reference/limits */
const mostBytes = 1024 * 1024;

/**
 * What a workflow needs to know of a plan: `publish`, `total`, and for each of its waves the rows of a matrix with
 * their count, because an empty matrix is an error. All else is read from the plan itself.
 *
 * @param waves How many waves the workflow has.
 * @throws DockerPluginError PLAN_LIMIT
 */
export function githubOutputs(plan: Plan, waves: number): Output[] {
  if (plan.waves.length > waves) throw tooManyWaves(plan, waves);
  const total = plan.waves.flat().length;
  const outputs = [
    { name: 'publish', value: `${plan.publish}` },
    { name: 'total', value: `${total}` },
    ...Array.from({ length: waves }, (_, wave) => {
      const rows = (plan.waves[wave] ?? []).map(({ id, name, runner }) => ({ id, name, runner }));
      return [
        { name: `wave_${wave}`, value: JSON.stringify(rows) },
        { name: `count_${wave}`, value: `${rows.length}` },
      ];
    }).flat(),
  ];
  const bytes = outputs.reduce((sum, { name, value }) => sum + 2 * (name.length + value.length), 0);
  if (bytes > mostBytes) throw tooLong(total, bytes);
  return outputs;
}

/**
 * The lines for GITHUB_OUTPUT. A value can be anything but the delimiter, which is to be random.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#multiline-strings
 */
export function formatOutputs(outputs: readonly Output[], delimiter: string): string {
  return outputs.map(({ name, value }) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`).join('');
}

function tooManyWaves(plan: Plan, waves: number): DockerPluginError {
  return new DockerPluginError({
    code: 'PLAN_LIMIT',
    severity: 'error',
    message: `images have to be built in ${plan.waves.length} waves, and the workflow has ${waves}`,
    fix: 'run npx nx sync and commit the workflow that it writes',
  });
}

function tooLong(jobs: number, bytes: number): DockerPluginError {
  return new DockerPluginError({
    code: 'PLAN_LIMIT',
    severity: 'error',
    message: `the ${jobs} jobs of the plan take ${bytes} bytes of outputs, and GitHub takes ${mostBytes}`,
    fix: 'give --max-jobs, or ci.maxJobs in the plugin options, a smaller number',
  });
}
