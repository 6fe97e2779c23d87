import { Lexer } from 'yaml';
import { findImages } from '../src/core/manifest/find-images.js';
import type { ImageField } from '../src/core/manifest/image-field.js';
import { splitRef } from '../src/core/manifest/loose-ref.js';
import { type SetImagesResult, setImages } from '../src/core/manifest/set-images.js';
import { randomNumbers } from './random-numbers.js';

/** What a text showed: what does not hold, or else how much there was to see. */
export interface ManifestLaws {
  readonly difference?: string;
  /** Fields that name an image and may be edited. */
  readonly fields: number;
  /** How many values random references changed, in all rounds. */
  readonly edits: number;
}

const rounds = 3;

/**
 * Checks what must hold for every manifest: setting what it says already gives the same bytes, and setting random
 * references changes only the bytes of the edits, after which the same fields say what was set and the same comments
 * stand beside them.
 */
export function manifestLaws(text: string, file: string): ManifestLaws {
  const fields = managedFields(text, file);
  if (setImages(text, presentReferences(fields), { file }).text !== text)
    return { fields: fields.length, edits: 0, difference: 'setting what it says changed it' };
  const random = randomNumbers(text.length + 1);
  let edits = 0;
  for (let round = 0; round < rounds; round++) {
    const changes = randomChanges(fields, random);
    const result = setImages(text, changes, { file });
    edits += result.edits.length;
    const difference = findDifference({ text, file, fields, changes, result });
    if (difference !== undefined) return { fields: fields.length, edits, difference };
  }
  return { fields: fields.length, edits };
}

interface RandomEdit {
  readonly text: string;
  readonly file: string;
  readonly fields: readonly ImageField[];
  readonly changes: ReadonlyMap<string, string>;
  readonly result: SetImagesResult;
}

function findDifference({ text, file, fields, changes, result }: RandomEdit): string | undefined {
  if (result.problems.some(({ severity }) => severity === 'error'))
    return result.text === text ? undefined : 'it changed a text that it could not edit';
  return (
    findStrayBytes(text, result) ??
    findUnset(fields, managedFields(result.text, file), changes) ??
    findLostComment(text, result)
  );
}

function randomChanges(
  fields: readonly ImageField[],
  random: (below: number) => number,
): Map<string, string> {
  const repositories = new Set(fields.map(({ repository }) => repository));
  return new Map(
    [...repositories]
      .filter(() => random(3) > 0)
      .map((name) => [name, `${name}${versions[random(versions.length)]}`]),
  );
}

const digest = `sha256:${'fedcba9876543210'.repeat(4)}`;
const versions = [
  ':main-0123abc',
  ':1.10',
  ':0123456',
  ':12e4567',
  ':yes',
  ':2024-01-01',
  `:v2@${digest}`,
  `@${digest}`,
];

function managedFields(text: string, file: string): ImageField[] {
  return findImages(text, { file }).fields.filter(({ unmanaged }) => unmanaged === undefined);
}

/** Only of images that all fields agree about. */
function presentReferences(fields: readonly ImageField[]): Map<string, string> {
  const said = new Map<string, Set<string>>();
  for (const { repository, reference } of fields)
    said.set(repository, (said.get(repository) ?? new Set()).add(reference));
  return new Map(
    [...said].flatMap(([repository, [reference, other]]) =>
      reference === undefined || other !== undefined ? [] : [[repository, reference] as const],
    ),
  );
}

function findStrayBytes(before: string, { text, edits }: SetImagesResult): string | undefined {
  let at = 0;
  let rest = text;
  for (const { start, end, text: inserted } of edits) {
    const kept = before.slice(at, start);
    if (!rest.startsWith(kept + inserted)) return `other bytes than those of the edit at ${start} changed`;
    rest = rest.slice(kept.length + inserted.length);
    at = end;
  }
  return rest === before.slice(at) ? undefined : 'bytes behind the last edit changed';
}

function findUnset(
  before: readonly ImageField[],
  after: readonly ImageField[],
  changes: ReadonlyMap<string, string>,
): string | undefined {
  if (before.length !== after.length) return `${before.length} fields became ${after.length}`;
  const wrong = after.find((field, index) => {
    const old = before[index]?.reference;
    const wanted = splitRef(changes.get(field.repository) ?? old ?? '');
    const found = splitRef(field.reference);
    // A chart needs its tag, even beside a digest.
    const keepsTag = field.form === 'map' && wanted.tag === undefined;
    return found.digest !== wanted.digest || (found.tag !== wanted.tag && !keepsTag);
  });
  return wrong && `${wrong.path} says ${wrong.reference}`;
}

/** A comment goes only with the whole line that it stands behind. */
function findLostComment(before: string, result: SetImagesResult): string | undefined {
  if (before === result.text) return undefined;
  const kept = comments(before, (offset) => !isRemoved(offset, result));
  const found = comments(result.text, () => true);
  return JSON.stringify(found) === JSON.stringify(kept) ? undefined : 'comments are not what they were';
}

function isRemoved(offset: number, { edits }: SetImagesResult): boolean {
  return edits.some(({ start, end, text }) => text === '' && offset >= start && offset < end);
}

function comments(text: string, isWanted: (offset: number) => boolean): string[] {
  const found: string[] = [];
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    // The lexer puts in marks of its own, which are not in the text.
    const isMark = token === '\u{FEFF}' || token === '\x02' || token === '\x18' || token === '\x1f';
    if (isMark && !text.startsWith(token, offset)) continue;
    if (token.startsWith('#') && isWanted(offset)) found.push(token);
    offset += token.length;
  }
  return found;
}
