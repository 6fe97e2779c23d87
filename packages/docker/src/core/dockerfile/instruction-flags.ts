import type { FlagKind } from './instruction-rules.js';
import { suggestName } from './suggest-name.js';

/** The flags of one instruction by name, in source order; a flag without `=` has the value `true`. */
export type FlagValues = ReadonlyMap<string, readonly string[]>;

export interface Fault {
  readonly message: string;
  readonly fix: string;
  /** What of the source the fault is about. */
  readonly word?: string;
}

/** Reads `--name=value` words; those that are malformed are read as far as possible. */
export function readFlags(flags: readonly string[]): FlagValues {
  const values = new Map<string, string[]>();
  for (const flag of flags) {
    const { name, value = 'true' } = splitFlag(flag);
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}

/** The one value of a flag that may be given once. */
export function flagValue(flags: FlagValues, name: string): string {
  return flags.get(name)?.[0] ?? '';
}

/** Finds the first flag that BuildKit refuses. */
export function checkFlags(
  flags: readonly string[],
  kinds: Readonly<Record<string, FlagKind>>,
  keyword: string,
): Fault | undefined {
  const used = new Set<string>();
  for (const flag of flags) {
    const { name, value } = splitFlag(flag);
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (!kind) return unknownFlag(name, kinds, keyword);
    if (used.has(name) && kind !== 'list') {
      return { message: `duplicate flag --${name}`, fix: `keep one --${name} only`, word: flag };
    }
    used.add(name);
    const fault = checkValue({ flag, name, value, kind });
    if (fault) return fault;
  }
  return undefined;
}

function splitFlag(flag: string): { name: string; value?: string } {
  const at = flag.indexOf('=');
  return at < 0 ? { name: flag.slice(2) } : { name: flag.slice(2, at), value: flag.slice(at + 1) };
}

function unknownFlag(name: string, kinds: Readonly<Record<string, FlagKind>>, keyword: string): Fault {
  const names = Object.keys(kinds);
  const similar = suggestName(name, names);
  const known = names.map((known) => `--${known}`).join(', ');
  const fix = similar
    ? `write --${similar}`
    : `remove --${name}; ${known ? `${keyword} knows ${known}` : `${keyword} has no flags`}`;
  return { message: `unknown flag --${name} of ${keyword}`, fix, word: `--${name}` };
}

function checkValue({
  flag,
  name,
  value,
  kind,
}: {
  flag: string;
  name: string;
  value: string | undefined;
  kind: FlagKind;
}): Fault | undefined {
  if (kind !== 'switch') {
    if (value !== undefined) return undefined;
    return { message: `--${name} needs a value`, fix: `write --${name}=<value> as one word`, word: flag };
  }
  if (value === undefined || /^(?:true|false)$/i.test(value)) return undefined;
  const message = `--${name} is either true or false, not ${JSON.stringify(value)}`;
  return { message, fix: `write --${name}, or leave it out`, word: flag };
}
