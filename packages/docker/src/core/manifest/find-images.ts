import type { Problem } from '../errors.js';
import { type CollectedField, collectFields } from './collect-fields.js';
import type { ImageField, ImageScalars } from './image-field.js';
import { isTemplate, joinRef, repositoryOf, splitRef } from './loose-ref.js';
import { mapReference } from './map-fields.js';
import { markedFields } from './marked-fields.js';
import { readMarkers } from './markers.js';
import { type ParsedText, parseDocuments, placeOf } from './parse-documents.js';

export interface FindImagesOptions {
  /** The file's path, for places, and to know kustomizations that do not name their kind. Default: `manifest.yml`. */
  readonly file?: string;
  /** Repositories by a name that a comment may call them: `api` is `ghcr.io/owner/api`. */
  readonly names?: ReadonlyMap<string, string>;
}

export interface FoundImages {
  /** In the order of the text. */
  readonly fields: readonly ImageField[];
  readonly problems: readonly Problem[];
}

/**
 * Finds every place of a YAML or JSON text that names an image: `image:` of any kind of object and at any depth, image
 * volumes, kustomizations and components, the maps of Helm values, HelmReleases, Argo CD Applications, and compose
 * files. Texts in block scalars, labels, `metadata`, `status` and CustomResourceDefinitions are left out, and so are
 * other fields such as arguments and variables, unless a comment `# moltbook-docker: <image>` names the image. A text
 * that cannot be parsed gives a problem and no fields.
 */
export function findImages(text: string, options: FindImagesOptions = {}): FoundImages {
  const parsed = parseDocuments(text, options.file ?? 'manifest.yml');
  return parsed.problems.length > 0 ? { fields: [], problems: parsed.problems } : findFields(parsed, options);
}

/** As {@link findImages}, for what is parsed already. */
export function findFields(parsed: ParsedText, { names }: FindImagesOptions): FoundImages {
  const markers = readMarkers(parsed.text, (offset) => parsed.lines.linePos(offset).line);
  const collected = collectFields(parsed, markers);
  const marked = markedFields(parsed, markers, collected);
  const fields = [...collected, ...marked.fields].flatMap((each) => toField(each, parsed, names));
  return { fields: fields.sort((a, b) => a.start - b.start), problems: marked.problems };
}

function toField(
  { draft, document, about }: CollectedField,
  parsed: ParsedText,
  names: FindImagesOptions['names'],
): ImageField[] {
  const { form, path, scalars, pullPolicy, marker } = draft;
  const { reference: written, replaces } = readReference(form, scalars);
  const isIgnored = marker?.name === 'ignore';
  const named = marker !== undefined && !isIgnored ? (names?.get(marker.name) ?? marker.name) : written;
  const repository = repositoryOf(named) ?? '';
  // A tag alone, under a comment.
  const reference = written.replace(/^(?=[:@])/, repository);
  const unmanaged = isIgnored ? 'a comment says so' : (draft.unmanaged ?? whyTemplate(scalars));
  if (repository === '' && unmanaged === undefined) return [];
  const { start, end } = shown(scalars);
  return [
    {
      layer: about.layer,
      kind: about.kind,
      form,
      document,
      path,
      start,
      end,
      place: placeOf(parsed, start),
      repository,
      reference,
      scalars,
      ...(replaces !== undefined && { replaces }),
      ...(pullPolicy !== undefined && { pullPolicy }),
      ...(unmanaged !== undefined && { unmanaged }),
    },
  ];
}

function readReference(
  form: ImageField['form'],
  scalars: ImageScalars,
): { reference: string; replaces?: string } {
  if (form === 'map') return { reference: mapReference(scalars) };
  const text = scalars.reference?.value ?? '';
  if (form === 'reference') return { reference: text };
  if (form === 'override') {
    const [name = '', next] = text.split('=', 2);
    return withReplaced(next ?? name, name);
  }
  const { name, newName, tag, digest } = scalars;
  const parts = { tag: tag?.value ?? '', digest: digest?.value ?? '' };
  return withReplaced(joinRef({ name: newName?.value || (name?.value ?? ''), ...parts }), name?.value ?? '');
}

function withReplaced(reference: string, name: string): { reference: string; replaces?: string } {
  const replaces = repositoryOf(splitRef(name).name);
  return { reference, ...(replaces !== undefined && { replaces }) };
}

function whyTemplate(scalars: ImageScalars): string | undefined {
  return Object.values(scalars).some(({ value }) => isTemplate(value)) ? 'a program fills it in' : undefined;
}

function shown({ tag, digest, reference, newName, name }: ImageScalars): { start: number; end: number } {
  return tag ?? digest ?? reference ?? newName ?? name ?? { start: 0, end: 0 };
}
