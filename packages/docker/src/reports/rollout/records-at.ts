import type { PublishedRecord } from '../../core/build/published-record.js';
import { DockerPluginError, type Problem } from '../../core/errors.js';
import { recordForCommit } from '../../core/rollout/record-for-commit.js';
import type { Image } from '../../nx/image.js';
import type { ImageNow } from './find-target.js';
import type { PublishedHistory } from './published-history.js';

interface RecordOptions {
  readonly now: readonly ImageNow[];
  readonly history: PublishedHistory;
  readonly all: ReadonlyMap<string, Image>;
  /** Somebody has named these images, and wants no other. */
  readonly isChosen: boolean;
}

/**
 * Records of the images that were something else at a commit.
 *
 * @throws DockerPluginError REFERENCE_MISSING where somebody chose an image that was not published then.
 */
export async function recordsAt(
  commit: string,
  { now, history, all, isChosen }: RecordOptions,
): Promise<PublishedRecord[]> {
  const records = now.map(async ({ repository, digests }) => {
    const image = all.get(repository);
    const digest = await history.digestAt(repository, commit);
    if (digest === undefined && isChosen) throw new DockerPluginError(notThen(repository, commit));
    if (digest === undefined || !image || (digests.size === 1 && digests.has(digest))) return [];
    const tags = await history.tagsOf(repository, commit, digest);
    const { projectName: project, targetName: target } = image;
    return [recordForCommit({ project, target, image: image.image, commit, digest, tags })];
  });
  return (await Promise.all(records)).flat();
}

function notThen(repository: string, commit: string): Problem {
  return {
    code: 'REFERENCE_MISSING',
    severity: 'error',
    message: `${repository} was not published with the commit ${commit.slice(0, 12)}: it has no tag sha-${commit}`,
    fix: 'name another commit, or leave the image out of --images',
  };
}
