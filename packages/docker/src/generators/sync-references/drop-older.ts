import type { PublishedRecord } from '../../core/build/published-record.js';
import { repositoryOf } from '../../core/manifest/loose-ref.js';
import { followsFile } from '../../host/git/follows-file.js';
import { type EditedManifest, writtenReferences } from '../../reports/references/edit-manifest.js';
import type { LocalRecords } from './read-local-records.js';

/**
 * Leaves out records that are older than a manifest that they would change. Its last commit may be of somebody who
 * deployed another image of the same inputs, or went back to an older one.
 */
export async function dropOlder(
  root: string,
  { current, left }: LocalRecords,
  manifests: readonly EditedManifest[],
): Promise<LocalRecords> {
  const kept: PublishedRecord[] = [];
  const older: string[] = [];
  for (const record of current) {
    const file = await findNewer(root, record, manifests);
    if (file === undefined) kept.push(record);
    else older.push(`${file} was committed after ${record.image} was built: publish the image again.`);
  }
  return { current: kept, left: [...left, ...older] };
}

/** A record without a commit is of files that were in none, and may be of any age. */
async function findNewer(
  root: string,
  { image, revision = '' }: PublishedRecord,
  manifests: readonly EditedManifest[],
): Promise<string | undefined> {
  for (const manifest of manifests) {
    const isWritten = writtenReferences(manifest).has(repositoryOf(image) ?? image);
    if (isWritten && !(await followsFile(root, revision, manifest.file))) return manifest.file;
  }
  return undefined;
}
