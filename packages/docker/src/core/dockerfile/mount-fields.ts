import { splitCsv } from './split-csv.js';

export interface MountField {
  /** Lower-cased. */
  readonly key: string;
  /** Absent if there is no `=`. */
  readonly value?: string;
  readonly text: string;
}

/** Splits the value of `RUN --mount`, one line of CSV; `undefined` if it is malformed. */
export function parseMountFields(mount: string): MountField[] | undefined {
  return splitCsv(mount)?.map((text) => {
    const at = text.indexOf('=');
    if (at < 0) return { key: text.toLowerCase(), text };
    return { key: text.slice(0, at).toLowerCase(), value: text.slice(at + 1), text };
  });
}
