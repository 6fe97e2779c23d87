import { announce } from './announce.mjs';
import { Failure } from './failure.mjs';
import { Interruption } from './scope.mjs';

/**
 * Runs an entry script's work, which returns the exit code, and ends the process. Expected failures are
 * printed as one message, unknown ones with their stack.
 * @param {() => Promise<number | undefined>} work
 */
export async function main(work) {
  try {
    process.exit((await work()) ?? 0);
  } catch (error) {
    if (error instanceof Interruption) process.exit(error.exitCode);
    if (error instanceof Failure) announce(error.message);
    else console.error(error);
    process.exit(1);
  }
}
