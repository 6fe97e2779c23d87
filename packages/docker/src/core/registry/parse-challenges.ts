/** How a registry wants to be asked, from a `WWW-Authenticate` header. */
export interface Challenge {
  /** Lower-case: `bearer`, `basic`. */
  readonly scheme: string;
  /** By lower-case name: `realm`, `service`, `scope`, `error`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A scheme (a word that no `=` follows), or a parameter with a token or a quoted string as its value. */
const piece =
  /\s*,?\s*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,"]+))|([\w!#$%&'*+.^`|~-]+)(?=\s|,|$))/y;

/**
 * Parses the challenges of a `WWW-Authenticate` header, in their order (RFC 9110, section 11.6.1). What cannot be read
 * ends the list.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  piece.lastIndex = 0;
  for (let match = piece.exec(header); match; match = piece.exec(header)) {
    const [, name, quoted, token, scheme] = match;
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: {} });
    const challenge = challenges.at(-1);
    if (name !== undefined && challenge)
      challenge.parameters[name.toLowerCase()] = token ?? (quoted ?? '').replace(/\\(.)/g, '$1');
  }
  return challenges;
}
