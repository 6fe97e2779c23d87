import { needsQuotes } from './needs-quotes.js';

/** What stands in the text now. */
export interface PresentScalar {
  /** The source of the value with its quotes; empty where there is none. */
  readonly source: string;
  /** The value itself. */
  readonly value: string;
  /** JSON has no plain strings. */
  readonly isJson: boolean;
}

/**
 * Writes a text in the place and the style of another scalar: quotes and the folding of a block scalar stay, and a
 * plain one gets double quotes where it would be read as anything but a string.
 */
export function formatScalar(text: string, { source, value, isJson }: PresentScalar): string {
  if (/^[|>]/.test(source)) return replaceBody(source, value, text);
  if (source.startsWith("'")) return `'${text.replaceAll("'", "''")}'`;
  const isPlain = !source.startsWith('"') && !isJson && isPlainSafe(text);
  return isPlain ? text : JSON.stringify(text);
}

/** References hold few characters that YAML gives a meaning to; a scalar with any other is quoted. */
function isPlainSafe(text: string): boolean {
  return /^[\w./][\w./:@=+-]*(?<!:)$/.test(text) && !needsQuotes(text);
}

function replaceBody(source: string, value: string, text: string): string {
  const header = source.indexOf('\n') + 1;
  const body = source.slice(header);
  return source.slice(0, header) + body.replace(value, () => text);
}
