import { type Document, LineCounter, type ParsedNode, parseAllDocuments } from 'yaml';
import type { Place, Problem } from '../errors.js';

export interface ParsedText {
  readonly text: string;
  readonly file: string;
  readonly documents: readonly Document.Parsed<ParsedNode>[];
  readonly lines: LineCounter;
  /** Not empty for a text that must not be edited. */
  readonly problems: readonly Problem[];
}

/** Parses YAML or JSON of one or more documents. It never throws. */
export function parseDocuments(text: string, file: string): ParsedText {
  const lines = new LineCounter();
  const parsed = { text, file, lines };
  try {
    const documents = [
      ...parseAllDocuments(text, {
        // Real files repeat keys, and a repeated key changes nothing about an image.
        uniqueKeys: false,
        lineCounter: lines,
        logLevel: 'silent',
        prettyErrors: false,
      }),
    ];
    const error = documents.flatMap(({ errors }) => errors)[0];
    const problems = error ? [invalid({ ...parsed, offset: error.pos[0], reason: error.message })] : [];
    return { ...parsed, documents, problems };
  } catch (error) {
    // The parser calls itself for each level.
    if (!(error instanceof RangeError)) throw error;
    const problem = invalid({ ...parsed, offset: 0, reason: 'it is nested too deeply' });
    return { ...parsed, documents: [], problems: [problem] };
  }
}

/** Line and column of an offset, counted from 1. */
export function placeOf({ file, lines }: Pick<ParsedText, 'file' | 'lines'>, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

/** The text of the line at an offset. */
export function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
}

interface Invalid extends Pick<ParsedText, 'text' | 'file' | 'lines'> {
  readonly offset: number;
  readonly reason: string;
}

function invalid({ offset, reason, ...parsed }: Invalid): Problem {
  const what = reason.split('\n')[0]?.replace(/[.:]$/, '') ?? '';
  return {
    code: 'MANIFEST_INVALID',
    severity: 'error',
    message: `${parsed.file} cannot be parsed: ${what}`,
    fix: `correct it, or leave it out of "kubernetes": { "paths": […] } in nx.json`,
    place: placeOf(parsed, offset),
    sourceLine: lineAt(parsed.text, offset),
  };
}
