import type { Problem } from '../../core/errors.js';
import { applicationPaths } from '../../core/manifest/application-paths.js';
import { type EmbeddedImage, embeddedImages } from '../../core/manifest/embedded-images.js';
import { type FoundContainers, findContainers } from '../../core/manifest/find-containers.js';
import { findFields } from '../../core/manifest/find-images.js';
import type { FileField } from '../../core/manifest/find-winners.js';
import { repositoryOf } from '../../core/manifest/loose-ref.js';
import { holdsPath } from '../../core/manifest/may-name-image.js';
import { parseDocuments } from '../../core/manifest/parse-documents.js';

/** The images of a workspace. */
export interface KnownImages {
  /** Repositories by project. */
  readonly names: ReadonlyMap<string, string>;
  /** Normalised. */
  readonly known: ReadonlySet<string>;
}

/** What one manifest says about images. */
export interface ReadManifest extends FoundContainers {
  readonly file: string;
  readonly fields: readonly FileField[];
  readonly problems: readonly Problem[];
  /** Images of the workspace in texts that are values. */
  readonly embedded: readonly EmbeddedImage[];
}

/** A file that cannot be parsed matters only if it may name an image of the workspace. */
export function readManifest(file: string, text: string, { names, known }: KnownImages): ReadManifest {
  const nothing = { file, fields: [], problems: [], embedded: [], containers: [], otherPorts: [] };
  if (!/image|repository|newTag|containerPort/i.test(text)) return nothing;
  const parsed = parseDocuments(text, file);
  if (parsed.problems.length > 0)
    return holdsPath(text, known) ? { ...nothing, problems: parsed.problems } : nothing;
  const found = findFields(parsed, { names });
  const applies = applicationPaths(parsed);
  const fields = found.fields.map((field) => {
    const own = applies[field.document] ?? [];
    return field.layer === 'application' && own.length > 0 ? { ...field, applies: own } : field;
  });
  const embedded = embeddedImages(parsed).filter(({ reference }) => known.has(repositoryOf(reference) ?? ''));
  return { file, fields, problems: found.problems, embedded, ...findContainers(parsed) };
}
