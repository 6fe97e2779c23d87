import type { ImageEdit } from '../core/manifest/set-images.js';

/** A reference that was changed, at its place before. */
export interface ChangedField {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly from: string;
  readonly to: string;
}

/** A field of several values, such as a tag and a digest, is one line. */
export function changedFields(edits: readonly ImageEdit[]): ChangedField[] {
  const fields = edits.map(({ place, document, path, from, to }) => {
    const field: ChangedField = { ...place, from, to };
    return [JSON.stringify([place.file, document, path]), field] as const;
  });
  return [...new Map([...fields].reverse()).values()].reverse();
}
