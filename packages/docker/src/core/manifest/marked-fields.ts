import { type Document, isMap, isPair, isScalar, isSeq, type Pair, type ParsedNode, visit } from 'yaml';
import type { Problem } from '../errors.js';
import type { CollectedField, Markers } from './collect-fields.js';
import { documentLayer } from './document-layer.js';
import type { DraftField } from './draft-field.js';
import type { ImageScalar } from './image-field.js';
import { fieldOf } from './map-fields.js';
import type { Marker } from './markers.js';
import { lineAt, type ParsedText, placeOf } from './parse-documents.js';
import { escapePointer, keyOf, scalarAt, scalarOf } from './yaml-nodes.js';

/** Makes fields of the values that a comment `# moltbook-docker: <image>` names and nothing else has found. */
export function markedFields(
  parsed: ParsedText,
  markers: Markers,
  found: readonly CollectedField[],
): { fields: CollectedField[]; problems: Problem[] } {
  const used = new Set(found.map(({ draft }) => draft.marker));
  const fields: CollectedField[] = [];
  const problems: Problem[] = [];
  for (const [line, marker] of markers) {
    if (marker.name === 'ignore' || used.has(marker)) continue;
    const field = fieldAtLine(parsed, line, marker);
    if (field) fields.push(field);
    else problems.push(nothingThere(parsed, marker));
  }
  return { fields, problems };
}

function fieldAtLine(parsed: ParsedText, line: number, marker: Marker): CollectedField | undefined {
  for (const [index, document] of parsed.documents.entries()) {
    const scalar = lastScalar(document, (offset) => parsed.lines.linePos(offset).line === line);
    const about = documentLayer(document, parsed.file);
    if (scalar) return { draft: { ...draftOf(scalar), marker }, document: index, about };
  }
  return undefined;
}

function lastScalar(
  document: Document.Parsed<ParsedNode>,
  isAtLine: (offset: number) => boolean,
): ImageScalar | undefined {
  let last: ImageScalar | undefined;
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || !node.range || !isAtLine(node.range[0])) return;
      const parent = ancestors.at(-1);
      const name = isPair(parent) && isScalar(parent.key) ? parent.key : undefined;
      const owner = ancestors.findLast((each) => isMap(each) || isSeq(each));
      // Above an item with a name and a value, a comment is about the value.
      if (name?.value === 'name') {
        const path = pathOf(key, ancestors).replace(/\/name$/, '');
        last = isMap(owner) ? scalarOf({ map: owner, path, document }, 'value') : undefined;
        return;
      }
      const isFlow = (isMap(owner) || isSeq(owner)) && owner.flow === true;
      last = scalarAt(node, document, {
        path: pathOf(key, ancestors),
        keyStart: name?.range?.[0] ?? node.range[0],
        isFlow,
        isJson: isFlow && name?.type === 'QUOTE_DOUBLE',
      });
    },
  });
  return last;
}

function pathOf(key: number | 'key' | 'value' | null, ancestors: readonly unknown[]): string {
  const steps = [...ancestors, undefined].flatMap((node, index) => {
    const parent = ancestors[index - 1];
    if (isPair(node)) return [keyOf(node as Pair) ?? ''];
    if (!isSeq(parent)) return [];
    return [node === undefined ? String(key) : String(parent.items.indexOf(node))];
  });
  return steps.map((step) => `/${escapePointer(step)}`).join('');
}

/** A reference has a tag or a registry; a single word is the tag alone. */
function draftOf(scalar: ImageScalar): DraftField {
  const { value, path } = scalar;
  if (/^sha256:/.test(value)) return { form: 'map', path, scalars: { digest: scalar } };
  if (/^[^@]*[/:]/.test(value)) return fieldOf(scalar);
  return { form: 'map', path, scalars: { tag: scalar } };
}

function nothingThere(parsed: ParsedText, { name, offset }: Marker): Problem {
  return {
    code: 'MANIFEST_UNEDITABLE',
    severity: 'warning',
    message: `the comment for ${name} stands at no value that could be a reference or a tag`,
    fix: 'write it behind the value, or alone on the line above',
    place: placeOf(parsed, offset),
    sourceLine: lineAt(parsed.text, offset),
  };
}
