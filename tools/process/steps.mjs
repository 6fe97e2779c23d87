import { announce } from './announce.mjs';

/**
 * Steps of a longer command, each announced when it begins and timed.
 * @typedef {{ title: string, seconds: number, passed: boolean }} Step
 * @typedef {{ run<T>(title: string, work: () => Promise<T>): Promise<T>, summary(): string }} Steps
 */

/** @returns {Steps} */
export function recordSteps() {
  /** @type {Step[]} */
  const steps = [];
  return {
    summary: () => formatSteps(steps),
    async run(title, work) {
      const begin = Date.now();
      announce(`▸ ${title}`);
      try {
        const result = await work();
        steps.push({ title, seconds: (Date.now() - begin) / 1000, passed: true });
        return result;
      } catch (error) {
        steps.push({ title, seconds: (Date.now() - begin) / 1000, passed: false });
        throw error;
      }
    },
  };
}

/**
 * @param {Step[]} steps
 * @returns {string} one line for each
 */
export function formatSteps(steps) {
  const width = Math.max(...steps.map(({ title }) => title.length));
  return steps
    .map(
      ({ title, seconds, passed }) =>
        `  ${passed ? '✔' : '✘'} ${title.padEnd(width)} ${seconds.toFixed(1).padStart(7)} s`,
    )
    .join('\n');
}
