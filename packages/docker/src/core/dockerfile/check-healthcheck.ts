import type { Instruction } from './dockerfile.js';
import { type Fault, flagValue, readFlags } from './instruction-flags.js';

const intervals = ['interval', 'timeout', 'start-period', 'start-interval'];

/** HEALTHCHECK NONE, or HEALTHCHECK [flags] CMD command. */
export function checkHealthcheck({ args, flags }: Instruction): Fault | undefined {
  const [word = '', ...command] = args;
  const type = word.toUpperCase();
  if (type === 'NONE') {
    if (command.length === 0) return undefined;
    return { message: 'HEALTHCHECK NONE takes no arguments', fix: 'remove what follows NONE', word };
  }
  if (type !== 'CMD') {
    const message = `unknown type ${JSON.stringify(word)} in HEALTHCHECK`;
    return { message, fix: 'write HEALTHCHECK CMD <command>', word };
  }
  if (command.length === 0) {
    return { message: 'missing command after HEALTHCHECK CMD', fix: 'write the command after CMD', word };
  }
  return checkHealthcheckFlags(flags);
}

function checkHealthcheckFlags(flags: readonly string[]): Fault | undefined {
  const values = readFlags(flags);
  for (const name of intervals) {
    const value = flagValue(values, name);
    if (value === '' || isInterval(value)) continue;
    const message = `--${name}=${value} is no duration of 1ms or more`;
    return { message, fix: `write a duration such as --${name}=30s`, word: `--${name}=${value}` };
  }
  const retries = flagValue(values, 'retries');
  if (retries === '' || (/^\+?\d+$/.test(retries) && Number(retries) < 2 ** 31)) return undefined;
  const message = `--retries=${retries} is no count`;
  return { message, fix: 'write a whole number such as --retries=3', word: `--retries=${retries}` };
}

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** A duration as Go writes it, such as `1m30s`; 0, or at least a millisecond. */
function isInterval(text: string): boolean {
  const [, sign, amounts = ''] =
    /^([+-]?)(0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text) ?? [];
  if (sign === undefined) return false;
  let total = 0;
  for (const [, amount, unit = ''] of amounts.matchAll(/([\d.]+)([a-zµμ]+)/g)) {
    total += Number(amount) * (nanoseconds[unit] ?? 0);
  }
  return total === 0 || (sign !== '-' && total >= 1e6);
}
