import { parseDocuments } from '../src/core/manifest/parse-documents.js';
import { manifestLaws } from './manifest-laws.js';

/** What one file showed. */
export interface YamlFileLaws {
  readonly kind: 'checked' | 'unparsable' | 'not UTF-8';
  readonly fields: number;
  readonly edits: number;
  readonly difference?: string;
}

/**
 * Checks the laws of edits on the bytes of a file. Neither what is not UTF-8 nor what cannot be parsed is ever edited,
 * which is checked as well.
 */
export function yamlFileLaws(bytes: Buffer, file: string): YamlFileLaws {
  const text = bytes.toString('utf8');
  const { problems } = parseDocuments(text, file);
  const laws = manifestLaws(text, file);
  if (problems.length === 0)
    return { ...laws, kind: Buffer.from(text).equals(bytes) ? 'checked' : 'not UTF-8' };
  const difference = laws.edits > 0 ? 'it was edited, though it cannot be parsed' : laws.difference;
  return { ...laws, kind: 'unparsable', ...(difference !== undefined && { difference }) };
}
