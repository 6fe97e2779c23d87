import { splitCsv } from '../dockerfile/split-csv.js';
import type { Failure } from './tag-problem.js';

export interface InputField {
  /** Lower-cased; absent if the field has no `=`. */
  readonly key?: string;
  readonly value: string;
}

/** The lines of a list of inputs: a block may be pasted as one entry; blank lines and `#` comments are left out. */
export function inputLines(inputs: readonly string[]): string[] {
  return inputs
    .flatMap((input) => input.split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The fields of one line: CSV, each `key=value` or a value alone. */
export function inputFields(line: string): InputField[] | Failure {
  const fields = splitCsv(line);
  if (!fields)
    return {
      failure: 'its quotes are not those of CSV',
      fix: 'put double quotes around a whole field, as in "pattern=a,b", and use single quotes inside of it',
    };
  return fields.map(toField).filter(({ key, value }) => key !== undefined || value !== '');
}

function toField(text: string): InputField {
  const at = text.indexOf('=');
  if (at < 1) return { value: text.trim() };
  return { key: text.slice(0, at).trim().toLowerCase(), value: text.slice(at + 1).trim() };
}
