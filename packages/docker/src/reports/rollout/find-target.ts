import { DockerPluginError } from '../../core/errors.js';
import { findCommit } from '../../host/git/find-commit.js';
import { listFirstParents, newestCommit } from '../../host/git/list-first-parents.js';
import type { PublishedHistory } from './published-history.js';
import { noEarlier, tooShallow, unknownCommit, unknownNow, unpublished } from './target-problems.js';

/** An image that is to go back, and what manifests name of it now. */
export interface ImageNow {
  /** Normalised. */
  readonly repository: string;
  /** Digests that its references stand for. */
  readonly digests: ReadonlySet<string>;
  /** The commits that its references name, as far as they can be told. */
  readonly commits: readonly string[];
}

/**
 * The commit that somebody names: a branch, a git tag, or a commit, of which a clone without its history needs only the
 * first seven digits, as the registry knows it.
 *
 * @throws DockerPluginError GIT_FAILED, COMMIT_UNPUBLISHED
 */
export async function namedTarget(root: string, to: string, history: PublishedHistory): Promise<string> {
  const matches = /^[0-9a-f]{7,64}$/.test(to)
    ? [...history.commits.keys()].filter((commit) => commit.startsWith(to))
    : [];
  const commit = (await findCommit(root, to)) ?? (matches.length === 1 ? matches[0] : undefined);
  if (commit === undefined) throw new DockerPluginError(unknownCommit(to));
  if (history.commits.has(commit)) return commit;
  throw new DockerPluginError(unpublished(commit, await nearestPublished(root, commit, history)));
}

/**
 * The nearest commit before the one that the manifests name, along first parents, at which one of the images was another.
 *
 * @throws DockerPluginError GIT_FAILED where the clone's history ends too early, COMMIT_UNPUBLISHED where there is none.
 */
export async function earlierTarget(
  root: string,
  images: readonly ImageNow[],
  history: PublishedHistory,
): Promise<{ from: string; to: string }> {
  const from = await currentCommit(root, images, history);
  const { commits, isShallow } = await listFirstParents(root, from);
  for (const commit of commits.slice(1)) {
    if (!history.commits.has(commit)) continue;
    if (await isOther(images, commit, history)) return { from, to: commit };
  }
  throw new DockerPluginError(isShallow ? tooShallow(from) : noEarlier(from));
}

async function isOther(
  images: readonly ImageNow[],
  commit: string,
  history: PublishedHistory,
): Promise<boolean> {
  const digests = await Promise.all(images.map(({ repository }) => history.digestAt(repository, commit)));
  return images.some((image, index) => {
    const digest = digests[index];
    return digest !== undefined && !(image.digests.size === 1 && image.digests.has(digest));
  });
}

/** The commit that the tags name; where they name none, the newest at which all images were what they are now. */
async function currentCommit(
  root: string,
  images: readonly ImageNow[],
  history: PublishedHistory,
): Promise<string> {
  const named = await newestCommit(
    root,
    images.flatMap(({ commits }) => commits),
  );
  if (named !== undefined) return named;
  const { commits, isShallow } = await listFirstParents(root, 'HEAD');
  for (const commit of commits)
    if (history.commits.has(commit) && !(await isOther(images, commit, history))) return commit;
  throw new DockerPluginError(isShallow ? tooShallow(commits[0] ?? 'HEAD') : unknownNow);
}

/** The published commits around one, as far as the clone shows them. */
async function nearestPublished(
  root: string,
  commit: string,
  history: PublishedHistory,
): Promise<{ before?: string; after?: string }> {
  const back = await listFirstParents(root, commit);
  const head = await listFirstParents(root, 'HEAD');
  const at = head.commits.indexOf(commit);
  const before = back.commits.find((each) => history.commits.has(each));
  const after = head.commits.slice(0, Math.max(0, at)).findLast((each) => history.commits.has(each));
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
