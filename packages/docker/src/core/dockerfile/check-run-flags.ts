import type { Instruction } from './dockerfile.js';
import { type Fault, flagValue, readFlags } from './instruction-flags.js';
import { parseMountFields } from './mount-fields.js';

const allowedValues = {
  network: ['default', 'none', 'host'],
  security: ['sandbox', 'insecure'],
} as const;

/** What BuildKit refuses in the flags of RUN before variables are expanded. */
export function checkRunFlags({ flags }: Instruction): Fault | undefined {
  const values = readFlags(flags);
  for (const name of ['network', 'security'] as const) {
    const value = flagValue(values, name);
    const allowed: readonly string[] = allowedValues[name];
    if (value === '' || allowed.includes(value)) continue;
    const message = `invalid ${name} mode ${JSON.stringify(value)}`;
    return { message, fix: `write ${allowed.map((mode) => `--${name}=${mode}`).join(' or ')}`, word: value };
  }
  for (const mount of values.get('mount') ?? []) {
    const fault = checkMount(mount);
    if (fault) return fault;
  }
  return undefined;
}

function checkMount(mount: string): Fault | undefined {
  const fields = parseMountFields(mount);
  if (fields === undefined) {
    return {
      message: `--mount=${mount} is no list of fields`,
      fix: 'write --mount=type=bind,source=a,target=/a',
    };
  }
  const from = fields.find(({ key, value }) => key === 'from' && value !== undefined && /\$./.test(value));
  if (!from) return undefined;
  const message = "'from' doesn't support variable expansion";
  const fix = `write FROM ${from.value} AS <name> above, with an ARG before the first FROM, and from=<name> here`;
  return { message, fix, word: `from=${from.value}` };
}
