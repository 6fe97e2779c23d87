import { constants } from 'node:os';
import { announce } from './announce.mjs';

/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * What a piece of work must undo at its end, and how it learns that it was interrupted.
 * @typedef {{ signal: AbortSignal, defer(undo: () => unknown): void }} Scope
 */

/** The work was ended by a signal; `exitCode` is what a shell reports for it. */
export class Interruption extends Error {
  /** @override */
  name = 'Interruption';

  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`Interrupted by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs `work` and then, in reverse order, everything that it deferred: also when it throws, and when a
 * signal arrives. A second signal gives up on the cleanup and ends the process at once.
 * @template T
 * @param {(scope: Scope) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withScope(work) {
  const interruption = new AbortController();
  let interruptedAt = 0;
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    // npm passes on a Ctrl-C that its script has got already: that is no second signal.
    if (interruption.signal.aborted && Date.now() - interruptedAt < 1000) return;
    if (interruption.signal.aborted) process.exit(new Interruption(signal).exitCode);
    interruptedAt = Date.now();
    announce(`${signal}: stopping what was started`);
    interruption.abort(new Interruption(signal));
  };
  for (const signal of signals) process.on(signal, onSignal);

  /** @type {Array<() => unknown>} */
  const undos = [];
  try {
    const scope = {
      signal: interruption.signal,
      defer: (/** @type {() => unknown} */ undo) => undos.push(undo),
    };
    const running = work(scope);
    await Promise.race([running.catch(() => undefined), interruptedAndSettled(scope.signal, running)]);
    scope.signal.throwIfAborted();
    return await running;
  } finally {
    await undoAll(undos);
    for (const signal of signals) process.off(signal, onSignal);
  }
}

/**
 * What is under way when a signal arrives may still start something that must be undone, so it gets time
 * to end.
 * @param {AbortSignal} signal
 * @param {Promise<unknown>} running
 */
async function interruptedAndSettled(signal, running) {
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  const patience = new Promise((resolve) => setTimeout(resolve, 10_000).unref());
  await Promise.race([running.catch(() => undefined), patience]);
}

/** @param {Array<() => unknown>} undos */
async function undoAll(undos) {
  for (let undo = undos.pop(); undo; undo = undos.pop()) {
    try {
      await undo();
    } catch (error) {
      announce(`Cleaning up failed: ${error instanceof Error ? error.message : error}`);
    }
  }
}
