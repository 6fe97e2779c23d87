import { findImages } from '../src/core/manifest/find-images.js';
import type { ImageField } from '../src/core/manifest/image-field.js';
import { splitRef } from '../src/core/manifest/loose-ref.js';
import { type SetImagesResult, setImages } from '../src/core/manifest/set-images.js';
import { randomNumbers } from './random-numbers.js';

/**
 * Checks what must hold for every manifest: setting what it says already gives the same bytes, and setting random
 * references changes only the bytes of the edits, after which the same fields say what was set. Returns what does not
 * hold.
 */
export function manifestLaws(text: string, file: string): string | undefined {
  const fields = managedFields(text, file);
  if (setImages(text, presentReferences(fields), { file }).text !== text)
    return 'setting what it says changed it';
  const random = randomNumbers(text.length + 1);
  const repositories = [...new Set(fields.map(({ repository }) => repository))].filter(() => random(3) > 0);
  const changes = new Map(repositories.map((name) => [name, `${name}${versions[random(versions.length)]}`]));
  const result = setImages(text, changes, { file });
  if (result.problems.some(({ severity }) => severity === 'error'))
    return result.text === text ? undefined : 'it changed a text that it could not edit';
  return findStrayBytes(text, result) ?? findUnset(fields, managedFields(result.text, file), changes);
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
