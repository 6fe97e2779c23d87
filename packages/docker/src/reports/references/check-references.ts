import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishedRecord } from '../../core/build/published-record.js';
import type { Problem } from '../../core/errors.js';
import { applicationPaths } from '../../core/manifest/application-paths.js';
import { checkFields } from '../../core/manifest/check-fields.js';
import { embeddedImages } from '../../core/manifest/embedded-images.js';
import { findFields } from '../../core/manifest/find-images.js';
import { type FileField, findWinners } from '../../core/manifest/find-winners.js';
import { kustomizeTree } from '../../core/manifest/kustomize-tree.js';
import { literalImages } from '../../core/manifest/literal-images.js';
import { repositoryOf } from '../../core/manifest/loose-ref.js';
import { holdsPath } from '../../core/manifest/may-name-image.js';
import { lineAt, parseDocuments } from '../../core/manifest/parse-documents.js';
import type { Workspace } from '../../nx/workspace.js';
import { openImages, readPluginOptions } from '../images/open-images.js';
import { manifestFiles, templateFiles } from './manifest-files.js';
import { readKustomizations } from './read-kustomizations.js';
import type { SetReferencesOptions } from './set-references.js';
import { wantedReferences } from './wanted-references.js';

export type CheckReferencesOptions = Pick<SetReferencesOptions, 'paths' | 'form'>;

/** A reference that is only listed. */
export interface ListedReference {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly reference: string;
  /** Why it is not checked; nothing for an image of others. */
  readonly note?: string;
}

export interface CheckReferencesResult {
  /** In the order of files and lines. */
  readonly problems: readonly Problem[];
  /** References of the workspace's images that were checked. */
  readonly checked: number;
  /** References that no image of the workspace explains, and those that are never edited. */
  readonly listed: readonly ListedReference[];
}

/**
 * Compares the manifests of a workspace with what was published, and with each other. It reads and writes nothing else.
 *
 * @throws DockerPluginError OPTIONS_INVALID for wrong paths.
 */
export async function checkReferences(
  root: string,
  records: readonly PublishedRecord[],
  options: CheckReferencesOptions = {},
): Promise<CheckReferencesResult> {
  const { workspace, images } = await openImages(root);
  const defaults = readPluginOptions(workspace).kubernetes ?? {};
  const paths = options.paths ?? defaults.paths ?? [];
  const wanted = wantedReferences(records, options.form ?? defaults.form ?? 'both');
  const names = new Map([
    ...images.map(({ image }) => [image.projectName, image.image] as const),
    ...wanted.names,
  ]);
  const known = new Set([...names.values()].map((name) => repositoryOf(name) ?? name));
  const texts = new Map(manifestFiles(workspace, paths).map((file) => [file, readText(root, file)]));
  const read = [...texts].map(([file, text]) => readFields(file, text, { names, known }));
  const fields = read.flatMap((each) => each.fields);
  const winners = findWinners(fields, kustomizeTree(readKustomizations(workspace, root)));
  const found = checkFields(fields, { wanted: wanted.changes, known, winners });
  return {
    problems: [
      ...wanted.problems,
      ...read.flatMap((each) => each.problems),
      ...found.map(({ field, problem }) => ({
        ...problem,
        sourceLine: lineAt(texts.get(field.place.file) ?? '', field.start),
      })),
    ],
    checked: fields.filter(({ repository, unmanaged }) => known.has(repository) && unmanaged === undefined)
      .length,
    listed: [
      ...listFields(fields, known),
      ...read.flatMap((each) => each.embedded),
      ...listTemplates(workspace, root, paths),
    ],
  };
}

interface Known {
  readonly names: ReadonlyMap<string, string>;
  readonly known: ReadonlySet<string>;
}

interface ReadFields {
  readonly fields: FileField[];
  readonly problems: readonly Problem[];
  readonly embedded: readonly ListedReference[];
}

/** A file that cannot be parsed matters only if it may name an image of the workspace. */
function readFields(file: string, text: string, { names, known }: Known): ReadFields {
  if (!/image|repository|newTag/i.test(text)) return { fields: [], problems: [], embedded: [] };
  const parsed = parseDocuments(text, file);
  if (parsed.problems.length > 0) {
    return { fields: [], problems: holdsPath(text, known) ? parsed.problems : [], embedded: [] };
  }
  const found = findFields(parsed, { names });
  const applies = applicationPaths(parsed);
  const fields = found.fields.map((field) => {
    const own = applies[field.document] ?? [];
    return field.layer === 'application' && own.length > 0 ? { ...field, applies: own } : field;
  });
  const embedded = embeddedImages(parsed)
    .filter(({ reference }) => known.has(repositoryOf(reference) ?? ''))
    .map((image) => ({ file, ...image, note: 'text in a block scalar is never edited' }));
  return { fields, problems: found.problems, embedded };
}

function listFields(fields: readonly FileField[], known: ReadonlySet<string>): ListedReference[] {
  return fields.flatMap(({ place, reference, repository, unmanaged }) => {
    if (known.has(repository) && unmanaged === undefined) return [];
    const note = unmanaged ?? alike(repository, known);
    return [{ ...place, reference, ...(note !== undefined && { note }) }];
  });
}

function alike(repository: string, known: ReadonlySet<string>): string | undefined {
  const last = (name: string) => name.slice(name.lastIndexOf('/') + 1);
  const near = [...known].find((name) => last(name) === last(repository));
  return near && `not the workspace's ${near}`;
}

function listTemplates(workspace: Workspace, root: string, paths: readonly string[]): ListedReference[] {
  return templateFiles(workspace, paths).flatMap((file) =>
    literalImages(readText(root, file)).map((image) => ({
      file,
      ...image,
      note: 'templates are never edited',
    })),
  );
}

function readText(root: string, file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
