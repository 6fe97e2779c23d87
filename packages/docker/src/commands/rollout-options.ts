import type { ClusterOptions } from '../core/rollout/kubectl-commands.js';
import { parseDuration } from '../core/rollout/parse-duration.js';
import { textOf, UsageError, type Values } from './command.js';

/** Options that `k8s status` and `k8s restart` share. */
export const rolloutOptions = {
  from: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  context: { type: 'string' },
  namespace: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** `--context` and `--namespace`. */
export function clusterFrom(values: Values): ClusterOptions {
  const context = textOf(values, 'context');
  const namespace = textOf(values, 'namespace');
  return { ...(context !== undefined && { context }), ...(namespace !== undefined && { namespace }) };
}

/** Milliseconds of `--timeout`. */
export function timeoutOf(values: Values): number {
  const timeout = parseDuration(textOf(values, 'timeout') ?? '5m');
  if (timeout === undefined) throw new UsageError('--timeout takes a duration, such as 90s or 5m');
  return timeout;
}
