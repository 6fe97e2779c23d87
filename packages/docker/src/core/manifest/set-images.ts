import type { Place, Problem } from '../errors.js';
import { applyEdits, type Edit, sortEdits } from './apply-edits.js';
import { changeEdit } from './change-edit.js';
import { type FieldChange, fieldChanges } from './field-changes.js';
import { type FindImagesOptions, findFields } from './find-images.js';
import type { ImageField } from './image-field.js';
import { type LooseRef, splitRef } from './loose-ref.js';
import { holdsPath, mayNameImage } from './may-name-image.js';
import { lineAt, type ParsedText, parseDocuments, placeOf } from './parse-documents.js';
import { readChanges } from './read-changes.js';
import { verifyEdits } from './verify-edits.js';

/** One replaced range of the text. */
export interface ImageEdit extends Edit {
  readonly place: Place;
  /** The field that it is part of: its document, counted from 0, and its JSON pointer there. */
  readonly document: number;
  readonly path: string;
  /** What the field said and says now. */
  readonly from: string;
  readonly to: string;
}

export interface SetImagesResult {
  /** The text itself where nothing had to change, or where it could not be changed safely. */
  readonly text: string;
  /** In the order of the text, with offsets of the given text. */
  readonly edits: readonly ImageEdit[];
  readonly problems: readonly Problem[];
}

export interface SetImagesOptions extends FindImagesOptions {
  /** Leaves a field alone that has the wanted digest, whatever its tag: it is the same image. Default: false. */
  readonly keepSameDigest?: boolean;
  /** True for fields that are to be left alone. Default: none. */
  readonly leave?: (field: ImageField) => boolean;
}

/**
 * Writes references into a YAML or JSON text and leaves every other byte alone. The result is parsed again and all other
 * values compared; where anything is wrong, the text stays as it is and there is a problem. Broken texts of others, in
 * which no repository is named, are nobody's problem.
 *
 * @param changes The new reference by repository, `ghcr.io/owner/api` -> `ghcr.io/owner/api:1.2.3@sha256:…`. A reference
 *   with neither tag nor digest changes the name alone.
 */
export function setImages(
  text: string,
  changes: ReadonlyMap<string, string>,
  options: SetImagesOptions = {},
): SetImagesResult {
  const { wanted, problems } = readChanges(changes);
  if (!mayNameImage(text, wanted.keys(), options.names)) return { text, edits: [], problems };
  const parsed = parseDocuments(text, options.file ?? 'manifest.yml');
  if (parsed.problems.length > 0) {
    const said = holdsPath(text, wanted.keys()) ? parsed.problems : [];
    return { text, edits: [], problems: [...problems, ...said] };
  }
  const found = findFields(parsed, options);
  const result = editFields({ parsed, fields: found.fields, options }, wanted);
  return { ...result, problems: [...problems, ...found.problems, ...result.problems] };
}

function isSameDigest({ reference }: ImageField, { digest }: LooseRef): boolean {
  return digest !== undefined && splitRef(reference).digest === digest;
}

interface PlannedChange {
  readonly field: ImageField;
  readonly change: FieldChange;
}

/** A parsed text with its fields. */
interface FoundText {
  readonly parsed: ParsedText;
  readonly fields: readonly ImageField[];
  readonly options: SetImagesOptions;
}

function editFields(found: FoundText, wanted: ReadonlyMap<string, LooseRef>): SetImagesResult {
  const { parsed, fields, options } = found;
  const problems: Problem[] = [];
  const planned = fields.flatMap((field): PlannedChange[] => {
    const next = field.unmanaged === undefined ? wanted.get(field.repository) : undefined;
    if (!next || options.leave?.(field) || (options.keepSameDigest && isSameDigest(field, next))) return [];
    const answer = fieldChanges(field, next);
    if (!answer.changes) problems.push(uneditable(parsed, field, answer));
    return (answer.changes ?? []).map((change) => ({ field, change }));
  });
  problems.push(...sharedProblems(found, planned));
  if (problems.length > 0) return { text: parsed.text, edits: [], problems };
  return applyChanges(found, planned);
}

function applyChanges(
  { parsed, fields, options }: FoundText,
  planned: readonly PlannedChange[],
): SetImagesResult {
  const [first] = planned;
  if (!first) return { text: parsed.text, edits: [], problems: [] };
  // A value that several aliases stand for is one edit.
  const edits = new Map<string, Edit & { readonly field: ImageField }>();
  for (const { field, change } of planned) {
    const edit = changeEdit(change, parsed.text);
    const key = JSON.stringify(edit);
    if (!edits.has(key)) edits.set(key, { ...edit, field });
  }
  const text = applyEdits(parsed.text, [...edits.values()]);
  const changes = planned.map(({ change }) => change);
  const verified = verifyEdits(parsed, text, changes);
  if (!verified.parsed) {
    const why = { reason: verified.reason, fix: 'write the reference by hand, in plain style' };
    return { text: parsed.text, edits: [], problems: [uneditable(parsed, first.field, why)] };
  }
  // The same fields in the same order.
  const after = findFields(verified.parsed, options).fields;
  return { text, edits: sortEdits([...edits.values()]).map(describe), problems: [] };

  function describe({ field, ...edit }: Edit & { readonly field: ImageField }): ImageEdit {
    const { document, path, reference } = field;
    const to = after[fields.indexOf(field)]?.reference ?? '';
    return { ...edit, place: placeOf(parsed, edit.start), document, path, from: reference, to };
  }
}

/** Where an anchor is part of several images, one of them cannot be set alone. */
function sharedProblems({ parsed, fields }: FoundText, planned: readonly PlannedChange[]): Problem[] {
  const values = new Map<ImageField, Map<number, string>>();
  for (const { field, change } of planned)
    if (change.kind === 'set')
      values.set(field, (values.get(field) ?? new Map()).set(change.scalar.start, change.value));
  return planned.flatMap(({ field, change }) => {
    if (change.kind !== 'set') return [];
    const { start } = change.scalar;
    const other = fields.find(
      (each) =>
        Object.values(each.scalars).some((scalar) => scalar.start === start) &&
        values.get(each)?.get(start) !== change.value,
    );
    if (!other) return [];
    const reason = `${other.reference} is written with the same anchor`;
    return [uneditable(parsed, field, { reason, fix: 'write the two without an anchor' })];
  });
}

function uneditable(
  parsed: ParsedText,
  { place, start, reference }: ImageField,
  { reason, fix }: { reason: string; fix: string },
): Problem {
  return {
    code: 'MANIFEST_UNEDITABLE',
    severity: 'error',
    message: `${reference} cannot be changed here: ${reason}`,
    fix,
    place,
    sourceLine: lineAt(parsed.text, start),
  };
}
