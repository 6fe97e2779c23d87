import type { ParseArgsConfig } from 'node:util';

/** A command of the command line: its options and what it does. */
export interface Command {
  /** Its part of the usage: a line `name <arguments>`, then lines further in; each option begins a line. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /**
   * Runs the command and returns the exit code: 0 done, 1 failed. Results go to standard output, all else to standard
   * error.
   *
   * @throws UsageError for arguments that it does not take, DockerPluginError for what is wrong in the world.
   */
  run(names: readonly string[], values: Values): Promise<number>;
}

/** The values of options, by name; each command knows the types of its own. */
export type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** Wrong usage of the command line: printed with the usage, exit code 2. */
export class UsageError extends Error {}

/** The text of an option. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The text of an option that has to be given. */
export function requireText(values: Values, name: string): string {
  const value = textOf(values, name);
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`);
  return value;
}

/** For a command that takes only options. */
export function requireNoNames(names: readonly string[]): void {
  if (names.length > 0) throw new UsageError(`${JSON.stringify(names[0])} is no option`);
}

/** Writes to standard output and returns the exit code for success. */
export function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
