import { execa } from 'execa';
import { Failure } from '../process/failure.mjs';
import { repositoryRoot } from '../process/paths.mjs';

/**
 * Runs a command in the repository with its output shown; a failure of it is one of the caller.
 * @param {string} file
 * @param {string[]} args
 * @param {{ signal: AbortSignal, env?: Record<string, string> }} options
 */
export async function runChecked(file, args, { signal, env = {} }) {
  const result = await execa(file, args, {
    cwd: repositoryRoot,
    env: { NX_DAEMON: 'false', NX_TUI: 'false', ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    cancelSignal: signal,
    reject: false,
  });
  signal.throwIfAborted();
  if (result.failed) throw new Failure(`Failed with exit code ${result.exitCode}: ${result.escapedCommand}`);
}
