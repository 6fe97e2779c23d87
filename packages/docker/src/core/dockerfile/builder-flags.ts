import { isSpace } from './white-space.js';

/**
 * Cuts the leading `--name=value` words of an instruction. Quotes are removed and the escape character
 * takes the next character as it is; a bare `--` ends the flags.
 */
export function splitBuilderFlags(
  text: string,
  escapeCharacter: '\\' | '`',
): { flags: string[]; rest: string } {
  const hasWideFlag = text.includes('--') && /[^\0-\x7f]/.test(text);
  if (!hasWideFlag) return splitFlags(text, escapeCharacter);
  const { flags, rest } = splitFlags(toBytes(text), escapeCharacter);
  return { flags, rest: fromBytes(rest) };
}

function splitFlags(text: string, escapeCharacter: string): { flags: string[]; rest: string } {
  const flags: string[] = [];
  let position = 0;
  for (;;) {
    while (position < text.length && isSpace(text.charAt(position))) position++;
    if (!text.startsWith('--', position)) return { flags, rest: text.slice(position) };
    const word = readFlag(text, position, escapeCharacter);
    position = word.end;
    if (word.text === '--') return { flags, rest: text.slice(position) };
    flags.push(word.text);
  }
}

function readFlag(text: string, start: number, escapeCharacter: string): { text: string; end: number } {
  let flag = '';
  let quote = '';
  let position = start;
  for (; position < text.length; position++) {
    const char = text.charAt(position);
    if (quote === '' && isSpace(char)) break;
    if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === escapeCharacter) flag += text.charAt(++position);
    else flag += char;
  }
  return { text: flag, end: Math.min(position, text.length) };
}

/** BuildKit reads flags byte by byte, so that each byte of a longer character becomes one of its own. */
function toBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

function fromBytes(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}
