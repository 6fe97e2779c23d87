import type { PublishedRecord } from '../../core/build/published-record.js';
import type { Problem } from '../../core/errors.js';
import type { ExposedPort } from '../../core/image/evaluation.js';
import { type CheckOptions, checkFields, type FieldProblem } from '../../core/manifest/check-fields.js';
import { checkPorts } from '../../core/manifest/check-ports.js';
import { type FileField, findWinners } from '../../core/manifest/find-winners.js';
import { type KustomizeTree, kustomizeTree } from '../../core/manifest/kustomize-tree.js';
import { literalImages } from '../../core/manifest/literal-images.js';
import { repositoryOf } from '../../core/manifest/loose-ref.js';
import { lineAt } from '../../core/manifest/parse-documents.js';
import { findManifests } from '../../nx/manifest-paths.js';
import type { WorkspaceImage } from '../../nx/workspace-images.js';
import { openImages, readPluginOptions } from '../images/open-images.js';
import { manifestBytes } from './manifest-bytes.js';
import { manifestFiles, templateFiles } from './manifest-files.js';
import { readKustomizations } from './read-kustomizations.js';
import { type KnownImages, type ReadManifest, readManifest } from './read-manifest.js';
import type { SetReferencesOptions } from './set-references.js';
import { type WantedReferences, wantedReferences } from './wanted-references.js';

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
 * Compares the manifests of a workspace with what was published, with each other and with the Dockerfiles. It writes
 * nothing. What it finds is about the given paths; the other manifests of the plugin's `kubernetes.paths` count where
 * they hide what a given one says, or name a port of the same image.
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
  const ours = knownImages(images, wanted);
  const given = new Set(manifestFiles(workspace, paths));
  const files = new Set([...given, ...findManifests(workspace.index.paths, defaults.paths ?? []).manifests]);
  const readText = (file: string) => manifestBytes(root, file).toString('utf8');
  const texts = new Map([...files].map((file) => [file, readText(file)]));
  const all = [...texts].map(([file, text]) => readManifest(file, text, ours));
  const tree = kustomizeTree(readKustomizations(workspace, root));
  const found = judge(all, { wanted: wanted.changes, known: ours.known, images, tree });
  const read = all.filter(({ file }) => given.has(file));
  const fields = read.flatMap((each) => each.fields);
  return {
    problems: [
      ...wanted.problems,
      ...read.flatMap((each) => each.problems),
      ...inOrder(found, fields).map(({ field, problem }) => ({
        ...problem,
        sourceLine: lineAt(texts.get(field.place.file) ?? '', field.start),
      })),
    ],
    checked: fields.filter((field) => ours.known.has(field.repository) && field.unmanaged === undefined)
      .length,
    listed: [
      ...listFields(fields, ours.known),
      ...read.flatMap(({ file, embedded }) => embedded.map((image) => ({ file, ...image, note: inText }))),
      ...listTemplates(templateFiles(workspace, paths), readText),
    ],
  };
}

/** The images of the workspace, and those of records, by project and as normalised repositories. */
function knownImages(images: readonly WorkspaceImage[], wanted: WantedReferences): KnownImages {
  const own = images.map(({ image }) => [image.projectName, image.image] as const);
  const names = new Map([...own, ...wanted.names]);
  return { names, known: new Set([...names.values()].map(normalise)) };
}

interface JudgeOptions extends Pick<CheckOptions, 'wanted' | 'known'> {
  readonly images: readonly WorkspaceImage[];
  readonly tree: KustomizeTree;
}

/** All manifests together: what one says another may hide or complete. */
function judge(read: readonly ReadManifest[], { tree, images, ...options }: JudgeOptions): FieldProblem[] {
  const fields = read.flatMap((each) => each.fields);
  const winners = findWinners(fields, tree);
  const containers = read.flatMap((each) => each.containers);
  const otherPorts = read.flatMap((each) => each.otherPorts);
  return [
    ...checkFields(fields, { ...options, winners }),
    ...checkPorts({ fields, winners, containers, otherPorts, exposed: exposedPorts(images) }),
  ];
}

const inText = 'text in a block scalar is never edited';

function exposedPorts(images: readonly WorkspaceImage[]): Map<string, readonly ExposedPort[]> {
  const exposed = new Map<string, readonly ExposedPort[]>();
  for (const { image } of images) {
    const repository = normalise(image.image);
    exposed.set(repository, [...(exposed.get(repository) ?? []), ...image.evaluation.ports]);
  }
  return exposed;
}

function normalise(image: string): string {
  return repositoryOf(image) ?? image;
}

/** The problems of some fields, in their order. */
function inOrder(found: readonly FieldProblem[], fields: readonly FileField[]): FieldProblem[] {
  return fields.flatMap((field) => found.filter((each) => each.field === field));
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

function listTemplates(files: readonly string[], readText: (file: string) => string): ListedReference[] {
  const note = 'templates are never edited';
  return files.flatMap((file) => literalImages(readText(file)).map((image) => ({ file, ...image, note })));
}
