import { joinRef, splitRef } from '../../core/manifest/loose-ref.js';
import { commitInTag } from '../../core/rollout/commit-in-tag.js';
import { findCommit } from '../../host/git/find-commit.js';
import type { Prove } from '../references/prove-references.js';
import type { ImageNow } from './find-target.js';

/** What the references of an image stand for. Without a digest the registry says it. */
export async function readNow(
  root: string,
  [repository, references]: readonly [string, readonly string[]],
  prove: Prove | undefined,
): Promise<ImageNow> {
  const digests = new Set<string>();
  const commits: string[] = [];
  for (const reference of references) {
    const { tag = '', digest } = splitRef(reference);
    digests.add(digest ?? (await prove?.(joinRef({ name: repository, tag }))) ?? '');
    const commit = await commitOfTag(root, tag);
    if (commit !== undefined) commits.push(commit);
  }
  return { repository, digests, commits };
}

/** The commit that a tag ends with, or the git tag of a version. */
async function commitOfTag(root: string, tag: string): Promise<string | undefined> {
  const start = commitInTag(tag);
  if (start !== undefined) return findCommit(root, start);
  if (!/^v?\d+\.\d+\.\d+/.test(tag)) return undefined;
  return (await findCommit(root, `refs/tags/${tag}`)) ?? findCommit(root, `refs/tags/v${tag}`);
}
