import { visit } from 'yaml';
import { literalImages } from './literal-images.js';
import { type ParsedText, placeOf } from './parse-documents.js';

/** An image in a text that is a value: a patch in a kustomization, the `values` of an Application. */
export interface EmbeddedImage {
  readonly line: number;
  readonly column: number;
  readonly reference: string;
}

/** Finds images in block scalars. Only the program that reads such a text knows what it is, so it is never edited. */
export function embeddedImages(parsed: ParsedText): EmbeddedImage[] {
  const found: EmbeddedImage[] = [];
  for (const document of parsed.documents)
    visit(document, {
      Scalar(_, { type, range }) {
        if (!range || !type?.startsWith('BLOCK')) return;
        const first = placeOf(parsed, range[0]).line;
        for (const { line, ...image } of literalImages(parsed.text.slice(range[0], range[1])))
          found.push({ ...image, line: first + line - 1 });
      },
    });
  return found;
}
