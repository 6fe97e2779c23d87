import { logger, type Tree } from '@nx/devkit';
import type { PublishedRecord } from '../../core/build/published-record.js';
import { formatProblem } from '../../core/errors.js';
import type { ImageEdit } from '../../core/manifest/set-images.js';
import { findManifests } from '../../nx/manifest-paths.js';
import { openTree } from '../../nx/open-tree.js';
import { readListedImages, readPluginOptions } from '../../reports/images/open-images.js';
import { editManifests } from '../../reports/references/edit-manifests.js';
import type { SyncResult } from '../sync-workflow/sync-workflow.js';
import { dropOlder } from './drop-older.js';
import { readLocalRecords } from './read-local-records.js';

/**
 * Writes what the records of pushed builds in `dist/docker` say into the manifests of `kubernetes.paths`. It asks no
 * registry. A record of other files than there are now changes nothing, and neither does one that is older than the last
 * commit of a manifest. A manifest that cannot be edited is left with a warning. None of this fails the sync of others.
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
  const found = await readLocalRecords(tree.root, await readListedImages(workspace));
  if (found.current.length === 0) return undefined;
  const files = findManifests(workspace.index.paths, paths).manifests;
  const readBytes = (file: string) => tree.read(file) ?? Buffer.alloc(0);
  const edit = (records: readonly PublishedRecord[]) =>
    editManifests(workspace, { files, records, form, readBytes }).manifests;
  const { current, left } = await dropOlder(tree.root, found, edit(found.current));
  const manifests = edit(current);
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
