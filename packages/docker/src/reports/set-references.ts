import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishedRecord } from '../core/build/published-record.js';
import type { Problem } from '../core/errors.js';
import { repositoryOf } from '../core/manifest/loose-ref.js';
import { type ImageEdit, setImages } from '../core/manifest/set-images.js';
import { type ReferenceForm, wantedReference } from '../core/manifest/wanted-reference.js';
import { type FileChange, writeFilesTogether } from '../host/write-files-together.js';
import { openWorkspace } from '../nx/open-workspace.js';
import { manifestFiles } from './manifest-files.js';
import { readPluginOptions } from './open-images.js';
import { type Prove, proveReferences } from './prove-references.js';

export interface SetReferencesOptions {
  /** Workspace-relative files, folders and globs. Default: the plugin's `kubernetes.paths`. */
  readonly paths?: readonly string[];
  /** What a reference is given. Default: the plugin's `kubernetes.form`, else `both`. */
  readonly form?: ReferenceForm;
  /**
   * Asks the registry for a reference and returns the digest it has there, nothing where it is not there. It is asked
   * for the tag and the digest of each reference that is to be written. Default: nothing is asked.
   */
  readonly prove?: Prove;
  /** False finds what would change and writes nothing. */
  readonly write?: boolean;
}

export interface SetReferencesResult {
  /** Workspace-relative paths of the files that have other bytes now. */
  readonly changed: readonly string[];
  /** What was changed in them. */
  readonly edits: readonly ImageEdit[];
  /** With an error among them nothing was written. */
  readonly problems: readonly Problem[];
}

/**
 * Writes the references of published images into the manifests of a workspace: all files, or none on an error. A
 * reference that has the digest already stays, whatever its tag.
 *
 * @throws DockerPluginError OPTIONS_INVALID for wrong paths, FILE_UNWRITABLE, and what `prove` throws.
 */
export async function setReferences(
  root: string,
  records: readonly PublishedRecord[],
  options: SetReferencesOptions = {},
): Promise<SetReferencesResult> {
  const workspace = await openWorkspace(root);
  const defaults = readPluginOptions(workspace).kubernetes ?? {};
  const files = manifestFiles(workspace, options.paths ?? defaults.paths ?? []);
  const wanted = wantedReferences(records, options.form ?? defaults.form ?? 'both');
  const results = files.map((file) => editFile(root, file, wanted));
  const edits = results.flatMap((result) => result.edits);
  const problems = [...wanted.problems, ...results.flatMap((result) => result.problems)];
  const written = new Set(edits.map(({ to }) => repositoryOf(to)));
  const unproven = [...wanted.changes].filter(([repository]) => written.has(repository)).map(([, to]) => to);
  if (options.prove) problems.push(...(await proveReferences(unproven, options.prove)));
  const changes = results.flatMap(({ change }) => change ?? []);
  if (problems.some(({ severity }) => severity === 'error')) return { changed: [], edits: [], problems };
  if (options.write !== false) writeFilesTogether(root, changes);
  return { changed: results.filter(({ change }) => change).map(({ file }) => file), edits, problems };
}

interface Wanted {
  /** References by normalised repository. */
  readonly changes: ReadonlyMap<string, string>;
  /** Repositories by project. */
  readonly names: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

function wantedReferences(records: readonly PublishedRecord[], form: ReferenceForm): Wanted {
  const changes = new Map<string, string>();
  const problems: Problem[] = [];
  for (const record of records) {
    const { reference, reason, fix } = { fix: '', ...wantedReference(record, form) };
    const repository = repositoryOf(record.image) ?? record.image;
    const other = changes.get(repository);
    if (reference === undefined) problems.push(notWritable(reason, fix));
    else if (other !== undefined && other !== reference)
      problems.push(twoRecords(repository, other, reference));
    else changes.set(repository, reference);
  }
  return { changes, names: new Map(records.map(({ project, image }) => [project, image])), problems };
}

interface EditedFile {
  readonly file: string;
  readonly change?: FileChange;
  readonly edits: readonly ImageEdit[];
  readonly problems: readonly Problem[];
}

function editFile(root: string, file: string, { changes, names }: Wanted): EditedFile {
  const path = join(root, file);
  const before = readFileSync(path);
  const text = before.toString('utf8');
  const result = setImages(text, changes, { file, names, keepSameDigest: true });
  if (result.text === text) return { file, edits: [], problems: result.problems };
  if (!Buffer.from(text).equals(before)) return { file, edits: [], problems: [notUtf8(file)] };
  return { ...result, file, change: { path, before, after: Buffer.from(result.text) } };
}

function notWritable(reason: string, fix: string): Problem {
  return { code: 'REFERENCE_MISSING', severity: 'error', message: reason, fix };
}

function twoRecords(repository: string, one: string, other: string): Problem {
  return {
    code: 'REFERENCE_INVALID',
    severity: 'error',
    message: `two records name ${repository} differently: ${one} and ${other}`,
    fix: 'give the records of one build alone',
  };
}

function notUtf8(file: string): Problem {
  return {
    code: 'MANIFEST_INVALID',
    severity: 'error',
    message: `${file} is not UTF-8, so it would be changed where nobody wanted it`,
    fix: 'save it as UTF-8',
    place: { file, line: 1, column: 1 },
  };
}
