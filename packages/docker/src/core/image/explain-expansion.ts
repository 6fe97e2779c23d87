import type { Fault } from '../dockerfile/instruction-flags.js';

/** Says what is wrong with a word that cannot be expanded. */
export function explainExpansion(word: string, failure: string): Fault {
  const reason = failure.replace(/[\r\n]+/g, ' ');
  return { message: `failed to process ${quote(word)}: ${reason}`, fix: howToFix(failure), word };
}

/** In double quotes; the end of a long text is left out. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 99)}…` : text);
}

function howToFix(failure: string): string {
  const [, required] = /^(\w+): /.exec(failure) ?? [];
  if (required !== undefined) return `pass --build-arg ${required}=<value>, or give ${required} a default`;
  if (/matching (?:single|double) quote$/.test(failure)) {
    return 'close the quote, or use the JSON form if a blank belongs to the path';
  }
  return 'use a form that BuildKit knows, such as ${NAME} or ${NAME:-default}, or write \\$ for a plain dollar';
}
