import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findImages } from '../../core/manifest/find-images.js';
import { splitRef } from '../../core/manifest/loose-ref.js';
import { mayNameImage } from '../../core/manifest/may-name-image.js';
import type { Workspace } from '../../nx/workspace.js';
import { manifestFiles } from '../references/manifest-files.js';

/**
 * The versions that manifests name of some images, by normalised repository: each reference once, in the order of files.
 * A name alone is none: a kustomization gives it one.
 *
 * @param names Repositories by project, for comments.
 * @throws DockerPluginError OPTIONS_INVALID for wrong paths.
 */
export function currentReferences(
  { root, workspace, paths }: { root: string; workspace: Workspace; paths: readonly string[] },
  repositories: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const file of manifestFiles(workspace, paths)) {
    const text = readFileSync(join(root, file), 'utf8');
    if (!mayNameImage(text, repositories, names)) continue;
    for (const { repository, reference, unmanaged } of findImages(text, { file, names }).fields) {
      const { tag, digest } = splitRef(reference);
      if (unmanaged !== undefined || !repositories.has(repository)) continue;
      if (tag === undefined && digest === undefined) continue;
      found.set(repository, [...new Set([...(found.get(repository) ?? []), reference])]);
    }
  }
  return found;
}
