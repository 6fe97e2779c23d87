import { formatCount } from '../core/report/format-table.js';
import { formatStatus } from '../core/rollout/format-status.js';
import { readTerminal } from '../host/read-terminal.js';
import type { ReadWorkloads } from '../reports/rollout/read-workloads.js';
import { watchRollouts } from '../reports/rollout/watch-rollouts.js';
import { print, type Values } from './command.js';
import { fromOf } from './k8s-options.js';
import { readFrom } from './read-from.js';
import { clusterFrom, timeoutOf } from './rollout-options.js';

/** Waits for rollouts, prints how they ended and returns the exit code. */
export async function printRollouts(
  { workloads, unwatched }: ReadWorkloads,
  values: Values,
): Promise<number> {
  const records = readFrom(fromOf(values));
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const timeout = timeoutOf(values);
  const found = await watchRollouts(workloads, { ...clusterFrom(values), records, timeout, say });
  const failed = found.filter(({ isRunning }) => !isRunning).length;
  const isRunning = failed === 0;
  if (values.json) print(`${JSON.stringify({ isRunning, workloads: found, unwatched }, null, 2)}\n`);
  else print(formatStatus(found, readTerminal()));
  if (unwatched.length > 0) say(`not watched: ${unwatched.join(', ')}`);
  const count = formatCount(isRunning ? found.length : failed, 'workload');
  const verb = (isRunning ? found.length : failed) === 1 ? 'runs' : 'run';
  say(
    isRunning
      ? `${count} ${verb} what was wanted`
      : `${count} of ${found.length} ${verb} something else, or nothing`,
  );
  return isRunning ? 0 : 1;
}
