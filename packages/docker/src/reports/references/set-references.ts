import { join } from 'node:path';
import type { PublishedRecord } from '../../core/build/published-record.js';
import type { Problem } from '../../core/errors.js';
import { repositoryOf } from '../../core/manifest/loose-ref.js';
import type { ImageEdit } from '../../core/manifest/set-images.js';
import type { ReferenceForm } from '../../core/manifest/wanted-reference.js';
import type { Kustomize } from '../../host/find-kustomize.js';
import { writeFilesTogether } from '../../host/write-files-together.js';
import { openWorkspace } from '../../nx/open-workspace.js';
import { readPluginOptions } from '../images/open-images.js';
import { type EditedManifest, writtenReferences } from './edit-manifest.js';
import { editManifests } from './edit-manifests.js';
import { type KustomizeProofOptions, openKustomizeProof } from './kustomize-proof.js';
import { manifestBytes } from './manifest-bytes.js';
import { manifestFiles } from './manifest-files.js';
import { type NewReference, type Prove, proveReferences } from './prove-references.js';
import { verifySignatures } from './verify-signatures.js';
import type { WantedReferences } from './wanted-references.js';

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
  /** Builds each kustomization that takes a written file; what it gives must name what was written. Default: none does. */
  readonly kustomize?: Kustomize;
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
 * kustomization gives one. Where the workspace demands signatures (`kubernetes.verify`), cosign has to find them.
 *
 * @throws DockerPluginError OPTIONS_INVALID for wrong paths, FILE_UNREADABLE, FILE_UNWRITABLE, COSIGN_FAILED.
 */
export async function setReferences(
  root: string,
  records: readonly PublishedRecord[],
  options: SetReferencesOptions = {},
): Promise<SetReferencesResult> {
  const workspace = await openWorkspace(root);
  const defaults = readPluginOptions(workspace).kubernetes ?? {};
  const files = manifestFiles(workspace, options.paths ?? defaults.paths ?? []);
  const { manifests, wanted, kustomizations } = editManifests(workspace, {
    files,
    records,
    form: options.form ?? defaults.form ?? 'both',
    readBytes: (file) => manifestBytes(root, file),
  });
  const edits = manifests.flatMap((each) => each.edits);
  const problems = [...wanted.problems, ...manifests.flatMap((each) => each.problems)];
  const references = newReferences(wanted, edits);
  if (options.prove) problems.push(...(await proveReferences(references, options.prove)));
  // Asked only of what could be written, as it takes its time.
  if (defaults.verify && !isFailed(problems))
    problems.push(...(await verifySignatures(root, references, defaults.verify)));
  if (isFailed(problems)) return { changed: [], edits: [], problems };
  const changed = manifests.filter(({ change }) => change);
  if (options.write !== false && changed.length > 0) {
    const { kustomize } = options;
    problems.push(...(await writeProven(changed, { root, files, texts: kustomizations, kustomize })));
    if (isFailed(problems)) return { changed: [], edits: [], problems };
  }
  return { changed: changed.map(({ file }) => file), edits, problems };
}

/** What is about to be written of each image, with its first place. */
function newReferences({ changes }: WantedReferences, edits: readonly ImageEdit[]): NewReference[] {
  return [...changes].flatMap(([repository, reference]) => {
    const edit = edits.find(({ to }) => repositoryOf(to) === repository);
    return edit ? [{ reference, place: edit.place }] : [];
  });
}

interface WriteOptions extends Omit<KustomizeProofOptions, 'written' | 'kustomize'> {
  readonly kustomize: Kustomize | undefined;
}

/** Writes, builds what the files are part of, and takes all back if that does not give what was written. */
async function writeProven(
  manifests: readonly EditedManifest[],
  { kustomize, ...options }: WriteOptions,
): Promise<Problem[]> {
  const changes = manifests.flatMap(({ file, change }) =>
    change ? [{ path: join(options.root, file), ...change }] : [],
  );
  const written = new Map(manifests.map((each) => [each.file, writtenReferences(each)]));
  const check = kustomize ? await openKustomizeProof({ ...options, kustomize, written }) : undefined;
  const putBack = writeFilesTogether(options.root, changes);
  const problems = (await check?.()) ?? [];
  if (isFailed(problems)) putBack();
  return problems;
}

function isFailed(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
