import type { FieldChange } from './field-changes.js';
import { type ParsedText, parseDocuments } from './parse-documents.js';
import { readLeaves, textLeaf } from './read-leaves.js';

/** The edited text, or what is wrong with it. */
export type Verified =
  | { readonly parsed: ParsedText; readonly reason?: undefined }
  | { readonly parsed?: undefined; readonly reason: string };

/**
 * Parses the edited text again and compares all leaves: those that were to change hold what was wanted, as a text, and
 * every other is what it was.
 */
export function verifyEdits(before: ParsedText, after: string, changes: readonly FieldChange[]): Verified {
  const parsed = parseDocuments(after, before.file);
  if (parsed.problems.length > 0) return { reason: 'the result could not be parsed' };
  const reason = differenceOf(before, parsed, changes);
  return reason === undefined ? { parsed } : { reason };
}

function differenceOf(
  before: ParsedText,
  after: ParsedText,
  changes: readonly FieldChange[],
): string | undefined {
  const set = new Map<number, string>();
  const removed = new Set<number>();
  for (const change of changes) {
    if (change.kind === 'set') set.set(change.scalar.start, change.value);
    if (change.kind === 'remove') removed.add(change.scalar.start);
  }
  const leaves = readLeaves(after);
  const now = new Map(leaves.map(({ path, value }) => [path, value]));
  for (const { path, value, start } of readLeaves(before)) {
    const found = now.get(path);
    now.delete(path);
    if (removed.has(start) && (found === undefined || found === textLeaf(''))) continue;
    const wanted = set.get(start);
    const expected = wanted === undefined ? value : textLeaf(wanted);
    if (found !== expected) return `${path} would be ${found ?? 'gone'}`;
  }
  const added = changes.flatMap((change) => (change.kind === 'add' ? [textLeaf(change.value)] : []));
  return [...now.values()].sort().join('\n') === added.sort().join('\n')
    ? undefined
    : 'other values would appear';
}
