import { trimStart } from './white-space.js';

/**
 * The JSON form of an instruction's arguments. A text that is no JSON array is the shell form; an array with
 * anything but strings is an error.
 */
export type JsonArray = { readonly strings: readonly string[] } | 'not an array' | 'not strings';

export function parseJsonArray(text: string): JsonArray {
  const trimmed = trimStart(text);
  if (!trimmed.startsWith('[')) return 'not an array';
  const value = parseJson(trimmed);
  if (!Array.isArray(value)) return 'not an array';
  if (!value.every((item) => typeof item === 'string')) return 'not strings';
  return { strings: value.map(withoutLoneSurrogates) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutLoneSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
