/** A process to run, as a value: what can run can also be printed. Nothing in it is ever read by a shell. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Variables set on top of the caller's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Formats a command so that a POSIX shell runs exactly it when the text is pasted. */
export function formatCommand(command: Command): string {
  const env = Object.entries(command.env).map(([name, value]) => `${name}=${quoteWord(value)}`);
  return [...env, ...[command.file, ...command.args].map(quoteWord)].join(' ');
}

function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
