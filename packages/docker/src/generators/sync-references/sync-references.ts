import { logger, type Tree } from '@nx/devkit';
import { formatProblem } from '../../core/errors.js';
import type { ImageEdit } from '../../core/manifest/set-images.js';
import { findManifests } from '../../nx/manifest-paths.js';
import { openTree } from '../../nx/open-tree.js';
import { readListedImages, readPluginOptions } from '../../reports/images/open-images.js';
import { editManifests } from '../../reports/references/edit-manifests.js';
import type { SyncResult } from '../sync-workflow/sync-workflow.js';
import { readLocalRecords } from './read-local-records.js';

/**
 * Writes what the records of pushed builds in `dist/docker` say into the manifests of `kubernetes.paths`. It asks no
 * registry. A record of other files than there are now changes nothing, and a manifest that cannot be edited is left
 * with a warning: both are no reason to fail the sync of others.
 *
 * @param options Given by `nx generate` alone, which would take a result for a task to run: what changed is printed then.
 * @throws DockerPluginError OPTIONS_INVALID where nx.json does not list the plugin.
 */
export default async function syncReferences(
  tree: Tree,
  options?: Readonly<Record<string, unknown>>,
): Promise<SyncResult | undefined> {
  const workspace = await openTree(tree);
  const { paths = [], form = 'both' } = readPluginOptions(workspace).kubernetes ?? {};
  if (paths.length === 0) return undefined;
  const { current: records, left } = await readLocalRecords(tree.root, await readListedImages(workspace));
  if (records.length === 0) return undefined;
  const files = findManifests(workspace.index.paths, paths).manifests;
  const readBytes = (file: string) => tree.read(file) ?? Buffer.alloc(0);
  const { manifests } = editManifests(workspace, { files, records, form, readBytes });
  for (const problem of manifests.flatMap(({ problems }) => problems)) logger.warn(formatProblem(problem));
  for (const { file, change } of manifests) if (change) tree.write(file, change.after);
  const details = [...new Set(manifests.flatMap(({ edits }) => edits.map(describe)))];
  if (details.length === 0) return undefined;
  if (options === undefined)
    return {
      outOfSyncMessage: 'Manifests name other images than those that were pushed.',
      outOfSyncDetails: [...details, ...left],
    };
  for (const line of [...details, ...left]) logger.info(line);
  return undefined;
}

function describe({ place, from, to }: ImageEdit): string {
  return `${place.file}:${place.line}: ${from} -> ${to}`;
}
