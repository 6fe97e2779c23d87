import { isMap, isSeq } from 'yaml';
import type { Problem } from '../errors.js';
import { applyEdits, type Edit } from './apply-edits.js';
import type { FieldChange } from './field-changes.js';
import { formatScalar } from './format-scalar.js';
import type { ImageScalar } from './image-field.js';
import { type LooseRef, repositoryOf, splitRef } from './loose-ref.js';
import { type ParsedText, parseDocuments } from './parse-documents.js';
import { verifyEdits } from './verify-edits.js';
import { pairOf } from './yaml-nodes.js';

/**
 * Adds entries to a kustomization, behind the last of its `images` or at the end of the text: the image called `name` in
 * manifests becomes the reference. Every byte that is there stays.
 *
 * @param images References by the name that they replace.
 */
export function addImages(
  text: string,
  images: ReadonlyMap<string, string>,
  { file = 'kustomization.yaml' }: { readonly file?: string } = {},
): { readonly text: string; readonly problems: readonly Problem[] } {
  const before = parseDocuments(text, file);
  if (before.problems.length > 0) return { text, problems: before.problems };
  const entries = [...images].map(([name, reference]) => entryPairs(name, splitRef(reference)));
  if (entries.length === 0) return { text, problems: [] };
  const edit = addEdit(before, entries);
  if (!edit) return { text, problems: [cannotAdd(file, 'its images are no list in block style')] };
  const changes = entries
    .flat()
    .map(([key, value]): FieldChange => ({ kind: 'add', behind: nowhere, key, value }));
  const after = applyEdits(text, [edit]);
  const { reason } = verifyEdits(before, after, changes);
  return reason === undefined ? { text: after, problems: [] } : { text, problems: [cannotAdd(file, reason)] };
}

type Pairs = readonly (readonly [key: string, value: string])[];

function entryPairs(name: string, wanted: LooseRef): Pairs {
  const pairs: [string, string | undefined][] = [
    ['name', name],
    ['newName', repositoryOf(name) === repositoryOf(wanted.name) ? undefined : wanted.name],
    ['newTag', wanted.tag],
    ['digest', wanted.digest],
  ];
  return pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);
}

function addEdit({ text, documents }: ParsedText, entries: readonly Pairs[]): Edit | undefined {
  const root = documents[0]?.contents;
  if (documents.length > 1 || (root && !isMap(root)) || (isMap(root) && root.flow)) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = (indent: string) => entries.map((pairs) => formatEntry(pairs, indent, eol)).join('');
  const images = root ? pairOf(root, 'images')?.value : undefined;
  if (isSeq(images)) {
    const last = images.items.at(-1);
    if (images.flow || !isMap(last) || last.flow || !last.range) return undefined;
    const end = endOfLine(text, last.range[1]);
    return { ...end, text: end.before + lines(indentOf(text, last.range[0])) };
  }
  if (images) return undefined;
  const end = endOfLine(text, root?.range?.[1] ?? text.length);
  return { ...end, text: `${end.before}images:${eol}${lines('')}` };

  function endOfLine(source: string, offset: number): { start: number; end: number; before: string } {
    const isEnded = offset === 0 || source.charAt(offset - 1) === '\n';
    const next = isEnded ? offset - 1 : source.indexOf('\n', offset);
    const start = next < 0 && !isEnded ? source.length : next + 1;
    return { start, end: start, before: start > 0 && source.charAt(start - 1) !== '\n' ? eol : '' };
  }
}

function formatEntry(pairs: Pairs, indent: string, eol: string): string {
  return pairs
    .map(([key, value], index) => {
      const text = formatScalar(value, { source: '', value: '', isJson: false });
      return `${indent}${index === 0 ? '- ' : '  '}${key}: ${text}${eol}`;
    })
    .join('');
}

/** The dash of an item stands two columns before its first key, or more. */
function indentOf(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^ */.exec(line)?.[0] ?? '';
}

const nowhere: ImageScalar = {
  start: 0,
  end: 0,
  value: '',
  path: '',
  keyStart: 0,
  pairEnd: 0,
  isFlow: false,
  isJson: false,
};

function cannotAdd(file: string, reason: string): Problem {
  return {
    code: 'MANIFEST_UNEDITABLE',
    severity: 'error',
    message: `no image can be added to ${file}: ${reason}`,
    fix: 'write the list as one entry below the other',
    place: { file, line: 1, column: 1 },
  };
}
