/**
 * White space as Go's unicode.IsSpace has it, which BuildKit's parser uses: JavaScript's `\s` without the
 * byte order mark, and with U+0085.
 */
const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export function isSpace(char: string): boolean {
  return space.test(char);
}

export function trimStart(text: string): string {
  let start = 0;
  while (start < text.length && isSpace(text.charAt(start))) start++;
  return text.slice(start);
}

export function trimSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charAt(end - 1))) end--;
  return trimStart(text.slice(0, end));
}

/** Separates words: only blanks, tabs and their like, no line feed, and none of Unicode's spaces. */
export const wordSeparator = /[\t\v\f\r ]+/;

/** Cuts at the first separator; `rest` is absent if there is none. */
export function cutWord(text: string): { word: string; rest?: string } {
  const match = wordSeparator.exec(text);
  if (!match) return { word: text };
  return { word: text.slice(0, match.index), rest: text.slice(match.index + match[0].length) };
}
