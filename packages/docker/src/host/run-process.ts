import { execa } from 'execa';
import { type Command, formatCommand } from '../core/build/command.js';
import { DockerPluginError, type ProblemCode } from '../core/errors.js';

export interface ProcessOutput {
  /** -1 where the process could not be started or was ended by a signal. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Why the process did not run to its end, where it did not. */
  readonly reason?: string;
}

/** Runs a command to its end and returns what it printed; a failure is an answer, not an error. */
export async function readProcess(command: Command, timeout = 15_000): Promise<ProcessOutput> {
  const result = await execa(command.file, command.args, {
    env: command.env,
    reject: false,
    stdin: 'ignore',
    timeout,
  });
  return {
    exitCode: result.exitCode ?? -1,
    stdout: result.stdout,
    stderr: result.stderr,
    ...(result.exitCode === undefined && { reason: reasonOf(result) }),
  };
}

export interface RunOptions {
  readonly cwd: string;
  /** The code and the advice for the error that a failure becomes, and the command to show if it is not the one run. */
  readonly failure: {
    readonly code: ProblemCode;
    readonly what: string;
    readonly fix: string;
    readonly shown?: Command;
  };
}

/** Runs a command on the caller's own terminal. Throws where it does not exit with 0. */
export async function runProcess(command: Command, { cwd, failure }: RunOptions): Promise<void> {
  const result = await execa(command.file, command.args, {
    cwd,
    env: command.env,
    reject: false,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.exitCode === 0) return;
  const reason = result.exitCode === undefined ? reasonOf(result) : `exit code ${result.exitCode}`;
  throw new DockerPluginError({
    code: failure.code,
    severity: 'error',
    message: `${failure.what} (${reason}): ${formatCommand(failure.shown ?? command)}`,
    fix: failure.fix,
  });
}

function reasonOf(result: {
  signal?: string | undefined;
  timedOut: boolean;
  originalMessage?: string | undefined;
}): string {
  if (result.timedOut) return 'no answer in time';
  if (result.signal) return `ended by ${result.signal}`;
  return result.originalMessage ?? 'could not be started';
}
