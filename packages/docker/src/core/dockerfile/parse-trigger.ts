import type { Instruction } from './dockerfile.js';
import { splitLines } from './logical-lines.js';
import { readInstruction } from './read-instruction.js';

export type TriggerResult =
  | { readonly instruction: Instruction; readonly failure?: undefined }
  | { readonly instruction?: undefined; readonly failure: string };

/**
 * Parses what an ONBUILD holds, when it is about to run: one instruction with its heredocs. The escape
 * directive of the Dockerfile that it came from does not apply.
 */
export function parseTrigger(text: string): TriggerResult {
  const lines = splitLines(text);
  const { instruction, end, syntaxFault, fault } = readInstruction(lines, 0, '\\');
  const failure = syntaxFault?.message ?? fault?.message;
  if (failure !== undefined) return { failure };
  if (lines.slice(end).some((line) => line.trim() !== '')) {
    return { failure: 'an ONBUILD trigger has to be a single instruction' };
  }
  return { instruction };
}

/** The text that an image keeps of an ONBUILD instruction. */
export function formatTrigger({ text, heredocs }: Instruction): string {
  const trigger = text.replace(/^\s*ONBUILD\s*/i, '');
  return trigger + heredocs.map(({ content, name }) => `\n${content}${name}`).join('');
}
