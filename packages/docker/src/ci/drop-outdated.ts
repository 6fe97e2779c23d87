import type { PublishedRecord } from '../core/build/published-record.js';
import { type BranchFacts, guardTag } from '../core/registry/guard-tag.js';
import { annotate } from '../host/ci-output.js';
import { eachLimited } from '../host/each-limited.js';
import { openRegistry } from '../host/registry/open-registry.js';
import { ifAllowed } from './if-allowed.js';

/**
 * Leaves out the records of images of which a newer commit of the branch is published, or whose commit is not on the
 * branch any more: a manifest never goes back. What is left out is said.
 *
 * @param readBranch Asks where a commit stands on the branch.
 */
export async function dropOutdated(
  records: readonly PublishedRecord[],
  readBranch: (commit: string) => Promise<BranchFacts>,
): Promise<PublishedRecord[]> {
  const commits = [...new Set(records.flatMap(({ revision }) => revision ?? []))];
  const branches = new Map<string, BranchFacts>();
  for (const commit of commits) branches.set(commit, await readBranch(commit));
  const kept = await eachLimited(records, async (record) => {
    const branch = branches.get(record.revision ?? '');
    if (record.revision === undefined || !branch) return record;
    const held = branch.holdsHead ? await listTags(record.image) : [];
    // Any name that moves with the branch is decided alike.
    const refusal = guardTag('latest', { head: record.revision, held, branch });
    if (refusal) annotate('notice', `references to ${record.image} stay as they are: ${refusal.reason}`);
    return refusal ? undefined : record;
  });
  return kept.filter((record) => record !== undefined);
}

async function listTags(image: string): Promise<string[]> {
  return (await ifAllowed(() => openRegistry(image).listTags(), `whether ${image} has a newer commit`)) ?? [];
}
