import { execa } from 'execa';
import type { Command } from '../../core/build/command.js';
import { DockerPluginError } from '../../core/errors.js';
import { oneLine } from '../../core/rollout/finding.js';
import { type ClusterOptions, kubectlCommand } from '../../core/rollout/kubectl-commands.js';
import { readProcess } from '../run-process.js';

export interface KubectlOutcome {
  readonly exitCode: number;
  /** What kubectl said last, in one line and without credentials. */
  readonly message: string;
}

/**
 * Runs a command of kubectl that prints JSON. Kubectl gets the environment and the configuration of the caller; nothing
 * of either is printed.
 *
 * @returns `undefined` where it printed nothing, as for an object that is not there.
 * @throws DockerPluginError KUBECTL_MISSING, and CLUSTER_FAILED where the cluster does not answer or refuses.
 */
export async function readKubectl(command: Command): Promise<unknown> {
  const asked = { ...command, args: [...command.args, `--request-timeout=${patience}s`] };
  const answer = await readProcess(withEnvironment(asked), (patience + 5) * 1000);
  const { exitCode, stdout, stderr, reason } = answer;
  if (exitCode !== 0) throw kubectlFailed(reason ?? lastLine(stderr));
  if (stdout.trim() === '') return undefined;
  try {
    return JSON.parse(stdout);
  } catch {
    throw kubectlFailed('it printed something that is not JSON');
  }
}

const patience = 10;

export interface RunOptions {
  /** Milliseconds. */
  readonly timeout: number;
  /** Gets each line of its standard output as it comes. */
  readonly onLine?: (line: string) => void;
  /** Ends it before its time. */
  readonly signal?: AbortSignal;
}

/** Runs a command of kubectl to its end, or until its time is over; that it fails is an answer. */
export async function runKubectl(
  command: Command,
  { timeout, onLine, signal }: RunOptions,
): Promise<KubectlOutcome> {
  const { file, args, env } = withEnvironment(command);
  const child = execa(file, args, {
    env,
    reject: false,
    stdin: 'ignore',
    timeout,
    ...(signal && { cancelSignal: signal }),
  });
  let last = '';
  for await (const line of child.iterable({ from: 'stdout' })) {
    last = oneLine(line);
    if (last !== '') onLine?.(last);
  }
  const { exitCode, stderr, originalMessage } = await child;
  if (exitCode === undefined && isMissing(originalMessage)) throw kubectlMissing();
  return { exitCode: exitCode ?? -1, message: lastLine(stderr) || last };
}

/**
 * Asks a cluster for its version, by one request: whoever named the wrong context knows it soon. Kubectl itself asks a
 * server that is silent five times.
 *
 * @throws DockerPluginError KUBECTL_MISSING, CLUSTER_FAILED
 */
export async function requireCluster({ context }: ClusterOptions): Promise<void> {
  const args = ['get', '--raw=/version', '--request-timeout=5s'];
  const command = kubectlCommand(args, context === undefined ? {} : { context });
  const { exitCode, stderr, reason } = await readProcess(withEnvironment(command), 20_000);
  if (exitCode === 127 || isMissing(reason)) throw kubectlMissing();
  // Whoever may not ask for the version may still see pods.
  if (exitCode !== 0 && !/forbidden/i.test(stderr)) throw kubectlFailed(reason ?? lastLine(stderr));
}

/** Kubectl finds its configuration and its logins by the environment of the caller. */
function withEnvironment(command: Command): Command {
  return { ...command, env: { ...(process.env as Record<string, string>), ...command.env } };
}

function isMissing(reason: string | undefined): boolean {
  return reason !== undefined && /ENOENT|EACCES/.test(reason);
}

/** Kubectl repeats what its libraries log, then says in one line what is wrong. */
function lastLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return oneLine(lines.at(-1) ?? '').replace(/^error: /i, '');
}

function kubectlMissing(): DockerPluginError {
  return new DockerPluginError({
    code: 'KUBECTL_MISSING',
    severity: 'error',
    message: 'kubectl is not in PATH, or does not run',
    fix: 'install it: https://kubernetes.io/docs/tasks/tools',
  });
}

function kubectlFailed(reason: string): DockerPluginError {
  return new DockerPluginError({
    code: 'CLUSTER_FAILED',
    severity: 'error',
    message: `kubectl cannot read the cluster: ${reason}`,
    fix: 'see that kubectl get pods works in the same terminal, and name the right --context',
  });
}
