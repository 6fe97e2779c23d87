import type { PublishedRecord } from '../../core/build/published-record.js';
import type { ReferenceForm } from '../../core/manifest/wanted-reference.js';
import type { Workspace } from '../../nx/workspace.js';
import { type EditedManifest, editManifest } from './edit-manifest.js';
import type { ReadBytes } from './manifest-bytes.js';
import { kustomizationTexts, leftToKustomization } from './read-kustomizations.js';
import { type WantedReferences, wantedReferences } from './wanted-references.js';

export interface EditManifestsOptions {
  readonly files: readonly string[];
  readonly records: readonly PublishedRecord[];
  readonly form: ReferenceForm;
  readonly readBytes: ReadBytes;
}

export interface EditedManifests {
  readonly manifests: readonly EditedManifest[];
  readonly wanted: WantedReferences;
  /** Texts of all kustomizations of the workspace, by path. */
  readonly kustomizations: ReadonlyMap<string, string>;
}

/**
 * Sets the references of records in some files and writes nothing. A reference that has the digest already stays,
 * whatever its tag, and so does a name without a version that a kustomization gives one.
 */
export function editManifests(
  workspace: Pick<Workspace, 'index'>,
  { files, records, form, readBytes }: EditManifestsOptions,
): EditedManifests {
  const wanted = wantedReferences(records, form);
  const kustomizations = kustomizationTexts(workspace, readBytes);
  const options = { ...wanted, leave: leftToKustomization(kustomizations) };
  const manifests = files.map((file) => editManifest(file, readBytes(file), options));
  return { manifests, wanted, kustomizations };
}
