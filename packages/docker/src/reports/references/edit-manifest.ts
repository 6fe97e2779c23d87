import type { Problem } from '../../core/errors.js';
import type { ImageField } from '../../core/manifest/image-field.js';
import { repositoryOf } from '../../core/manifest/loose-ref.js';
import { type ImageEdit, setImages } from '../../core/manifest/set-images.js';
import type { WantedReferences } from './wanted-references.js';

/** A manifest as it would be. */
export interface EditedManifest {
  readonly file: string;
  /** Nothing where it stays. */
  readonly change?: { readonly before: Buffer; readonly after: Buffer };
  readonly edits: readonly ImageEdit[];
  readonly problems: readonly Problem[];
}

export interface EditManifestOptions extends WantedReferences {
  readonly leave: (field: ImageField) => boolean;
}

/** Sets references in the bytes of one file. */
export function editManifest(file: string, before: Buffer, options: EditManifestOptions): EditedManifest {
  const { changes, names, leave } = options;
  const text = before.toString('utf8');
  const result = setImages(text, changes, { file, names, leave, keepSameDigest: true });
  if (result.text === text) return { file, edits: [], problems: result.problems };
  if (!Buffer.from(text).equals(before)) return { file, edits: [], problems: [notUtf8(file, before)] };
  return { ...result, file, change: { before, after: Buffer.from(result.text) } };
}

/** The new references of a file, by repository. */
export function writtenReferences({ edits }: EditedManifest): Map<string, string> {
  return new Map(edits.map(({ to }) => [repositoryOf(to) ?? '', to]));
}

function notUtf8(file: string, bytes: Buffer): Problem {
  const text = bytes.toString('utf8');
  const again = Buffer.from(text);
  const wrong = bytes.findIndex((byte, index) => byte !== again[index]);
  const before = bytes.subarray(0, wrong).toString('utf8').split('\n');
  return {
    code: 'MANIFEST_INVALID',
    severity: 'error',
    message: `${file} is not UTF-8, so it would be changed where nobody wanted it`,
    fix: 'save it as UTF-8',
    place: { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
    sourceLine: text.split('\n')[before.length - 1] ?? '',
  };
}
