/** A path as one word of one line, whatever stands in it. */
export function quotePath(path: string): string {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"]/u.test(path) || /^\s|\s$/.test(path)
    ? JSON.stringify(path).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeCharacter)
    : path;
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
