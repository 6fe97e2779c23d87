import { commitTag } from '../../core/registry/guard-tag.js';
import { publishedCommits } from '../../core/rollout/commit-in-tag.js';
import { eachLimited } from '../../host/each-limited.js';
import { openRegistry, type Registry } from '../../host/registry/open-registry.js';
import type { PublishedHistory } from './published-history.js';

/**
 * The history that registries hold: `sha-<commit>` names what every image was at each published commit.
 *
 * @param repositories Registry and repository by normalised repository.
 * @param namesAt The tags that a commit would give an image, some of which may hold another digest by now.
 * @throws DockerPluginError REGISTRY_DENIED, REGISTRY_FAILED
 */
export async function registryHistory(
  repositories: ReadonlyMap<string, string>,
  namesAt: (repository: string, commit: string) => Promise<readonly string[]>,
): Promise<PublishedHistory> {
  const held = new Map<string, { readonly registry: Registry; readonly tags: readonly string[] }>();
  const commits = new Map<string, Set<string>>();
  await eachLimited([...repositories], async ([repository, image]) => {
    const registry = openRegistry(image);
    const tags = await registry.listTags();
    held.set(repository, { registry, tags });
    for (const commit of publishedCommits(tags))
      commits.set(commit, (commits.get(commit) ?? new Set()).add(repository));
  });
  return {
    commits,
    async digestAt(repository, commit) {
      const { registry, tags = [] } = held.get(repository) ?? {};
      return tags.includes(commitTag(commit)) ? (await registry?.head(commitTag(commit)))?.digest : undefined;
    },
    async tagsOf(repository, commit, digest) {
      const { registry, tags = [] } = held.get(repository) ?? {};
      const names = (await namesAt(repository, commit)).filter((tag) => tags.includes(tag));
      const digests = await eachLimited(names, async (tag) => (await registry?.head(tag))?.digest);
      return names.filter((_, index) => digests[index] === digest);
    },
  };
}
