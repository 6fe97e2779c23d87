import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishedRecord } from '../core/build/published-record.js';
import type { Problem } from '../core/errors.js';
import type { ImageField } from '../core/manifest/image-field.js';
import { repositoryOf } from '../core/manifest/loose-ref.js';
import { type ImageEdit, setImages } from '../core/manifest/set-images.js';
import type { ReferenceForm } from '../core/manifest/wanted-reference.js';
import { type FileChange, writeFilesTogether } from '../host/write-files-together.js';
import { openWorkspace } from '../nx/open-workspace.js';
import { manifestFiles } from './manifest-files.js';
import { readPluginOptions } from './open-images.js';
import { type Prove, proveReferences } from './prove-references.js';
import { leftToKustomization, readKustomizations } from './read-kustomizations.js';
import { type WantedReferences, wantedReferences } from './wanted-references.js';

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
 * reference that has the digest already stays, whatever its tag, and so does a name without a version that a
 * kustomization gives one.
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
  const leave = leftToKustomization(readKustomizations(workspace, root));
  const results = files.map((file) => editFile(root, file, { ...wanted, leave }));
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

interface EditedFile {
  readonly file: string;
  readonly change?: FileChange;
  readonly edits: readonly ImageEdit[];
  readonly problems: readonly Problem[];
}

interface EditOptions extends WantedReferences {
  readonly leave: (field: ImageField) => boolean;
}

function editFile(root: string, file: string, { changes, names, leave }: EditOptions): EditedFile {
  const path = join(root, file);
  const before = readFileSync(path);
  const text = before.toString('utf8');
  const result = setImages(text, changes, { file, names, leave, keepSameDigest: true });
  if (result.text === text) return { file, edits: [], problems: result.problems };
  if (!Buffer.from(text).equals(before)) return { file, edits: [], problems: [notUtf8(file)] };
  return { ...result, file, change: { path, before, after: Buffer.from(result.text) } };
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
