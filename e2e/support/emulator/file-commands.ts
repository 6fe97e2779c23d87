import { existsSync, readFileSync } from 'node:fs';

/**
 * Reads a file that a step wrote for the runner: `name=value` lines, and `name<<DELIMITER` for several lines.
 *
 * @throws Error in the runner's words for a line that is neither.
 */
export function readPairs(file: string, command: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line === '') continue;
    const heredoc = /^([^=]+?)<<(.+)$/.exec(line);
    const [, name = '', delimiter = ''] = heredoc ?? /^([^=]+)=/.exec(line) ?? [];
    if (name === '')
      throw new Error(`Unable to process file command '${command}' successfully: Invalid format '${line}'`);
    if (!heredoc) {
      pairs[name] = line.slice(name.length + 1);
      continue;
    }
    const end = lines.indexOf(delimiter, i + 1);
    if (end === -1)
      throw new Error(
        `Unable to process file command '${command}' successfully: Matching delimiter not found '${delimiter}'`,
      );
    pairs[name] = lines.slice(i + 1, end).join('\n');
    i = end;
  }
  return pairs;
}

/** The values that output asks to hide. */
export function maskCommands(output: string): string[] {
  return [...output.matchAll(/^\s*::add-mask::(.+)$/gim)].map(([, value = '']) => unescapeValue(value));
}

/** Annotations that output makes: `error: text`. */
export function annotations(output: string): string[] {
  return [...output.matchAll(/^\s*::(error|warning|notice)[^:]*::(.*)$/gim)].map(
    ([, level, text = '']) => `${level}: ${unescapeValue(text)}`,
  );
}

function unescapeValue(value: string): string {
  return value.trim().replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
