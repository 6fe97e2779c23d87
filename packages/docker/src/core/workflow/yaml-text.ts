/** Lines of a text, nested as they are put together; `false` and `undefined` stand for none. */
export type Lines = readonly (string | false | undefined | Lines)[];

export function joinLines(lines: Lines): string {
  return flatten(lines).join('\n');
}

/** Empty lines stay empty. */
export function indent(spaces: number, lines: Lines): string[] {
  const space = ' '.repeat(spaces);
  return flatten(lines).map((line) => (line === '' ? '' : `${space}${line}`));
}

/** A text as a YAML scalar, in quotes where it could be read as something else, and no expression of GitHub's. */
export function scalar(text: string): string {
  if (text.includes('${{')) return scalarOf(text.replaceAll('${{', () => "${{ '${{' }}"));
  return scalarOf(text);
}

function scalarOf(text: string): string {
  const isPlain =
    /^[A-Za-z./][\w./-]*( [\w./-]+)*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : quoted(text);
}

/** A text in quotes: in double ones where nothing has to be escaped, as formatters write it. */
export function quoted(text: string): string {
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/** A text as one word of bash that is also no expression of GitHub's. */
export function shellWord(text: string): string {
  if (/^[\w./:=@%+,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''").replaceAll('${{', () => "$''{{")}'`;
}

function flatten(lines: Lines): string[] {
  return lines.flatMap((line) => {
    if (line === false || line === undefined) return [];
    return typeof line === 'string' ? line.split('\n') : flatten(line);
  });
}
