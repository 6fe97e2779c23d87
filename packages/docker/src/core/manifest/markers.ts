import { Lexer } from 'yaml';

const word = 'moltbook-docker:';

/** What a comment says: `ignore`, or the name of an image. */
export interface Marker {
  readonly name: string;
  /** Where the comment begins. */
  readonly offset: number;
}

/**
 * Reads `# moltbook-docker: ignore` and `# moltbook-docker: <image>`, by the line they are about, counted from 1:
 * behind a value its own line, alone on a line the next one that holds something. Text in block scalars is no comment.
 */
export function readMarkers(text: string, lineOf: (offset: number) => number): ReadonlyMap<number, Marker> {
  const markers = new Map<number, Marker>();
  if (!text.includes(word)) return markers;
  for (const { offset, source } of comments(text)) {
    const name = new RegExp(`^#\\s*${word}\\s*(\\S+)`).exec(source)?.[1];
    if (name !== undefined) markers.set(targetLine(text, offset, lineOf), { name, offset });
  }
  return markers;
}

/** Characters that the lexer puts between the tokens of the text. */
const controls = new Set(['\u0002', '\u0018', '\u001f']);

function* comments(text: string): Generator<{ offset: number; source: string }> {
  let offset = 0;
  for (const source of new Lexer().lex(text)) {
    if (controls.has(source)) continue;
    if (source.startsWith('#')) yield { offset, source };
    offset += source.length;
  }
}

function targetLine(text: string, offset: number, lineOf: (offset: number) => number): number {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (before.trim() !== '' && before.trim() !== '\uFEFF') return lineOf(offset);
  const next = /\n[ \t]*(?=[^\s#])/.exec(text.slice(offset));
  return lineOf(next ? offset + next.index + next[0].length : offset);
}
