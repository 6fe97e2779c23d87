import { commitNames } from '../../core/tags/commit-names.js';
import type { TagFacts } from '../../core/tags/facts.js';
import { tagsAt } from '../../host/git/list-first-parents.js';
import { readGitFacts } from '../../host/git/read-git-facts.js';
import type { PublishSettings } from '../images/publish-settings.js';

/** Makes a function that says which names a push of a commit, or of a git tag at it, has given an image. */
export async function namesAtCommit(
  root: string,
  { options, branch }: PublishSettings,
): Promise<(image: string, commit: string) => Promise<readonly string[]>> {
  const facts = await readGitFacts(root);
  const defaultBranch = branch ?? facts.defaultBranch ?? 'main';
  return async (image, commit) => {
    const refs = [
      `refs/heads/${defaultBranch}`,
      ...(await tagsAt(root, commit)).map((tag) => `refs/tags/${tag}`),
    ];
    const names = refs.flatMap((ref) => {
      const event: TagFacts = { event: 'push', ref, sha: commit, defaultBranch };
      return commitNames(image, options.publish ?? {}, { facts: event, now: new Date() }).tags;
    });
    return [...new Set(names)];
  };
}
