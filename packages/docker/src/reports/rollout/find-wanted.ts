import type { PublishedRecord } from '../../core/build/published-record.js';
import { DockerPluginError } from '../../core/errors.js';
import { type WantedImage, wantedImage } from '../../core/rollout/wanted-image.js';
import type { Workload } from '../../core/rollout/workload.js';
import { openRegistry } from '../../host/registry/open-registry.js';
import { shortPatience } from './find-same-images.js';

interface FindWantedOptions {
  readonly records: readonly PublishedRecord[];
  /** Gets why a digest is not known. */
  readonly say: (line: string) => void;
}

/**
 * What each container is to run, by workload and name, with the digest that the registry has for a tag now. A registry
 * that does not answer is only told.
 */
export async function findWanted(
  workloads: readonly Workload[],
  { records, say }: FindWantedOptions,
): Promise<Map<Workload, Map<string, WantedImage>>> {
  const asked = new Map<string, Promise<string | undefined>>();
  const complete = async (image: WantedImage): Promise<WantedImage> => {
    if (image.digest !== undefined) return image;
    const answer = asked.get(image.reference) ?? askTag(image, say);
    asked.set(image.reference, answer);
    const digest = await answer;
    return digest === undefined ? image : { ...image, digest };
  };
  const entries = workloads.map(async (workload) => {
    const images = workload.containers.map(
      async (container) => [container.name, await complete(wantedImage(container, records))] as const,
    );
    return [workload, new Map(await Promise.all(images))] as const;
  });
  return new Map(await Promise.all(entries));
}

async function askTag(
  { repository, tags }: WantedImage,
  say: FindWantedOptions['say'],
): Promise<string | undefined> {
  const tag = tags[0] ?? 'latest';
  try {
    const found = await openRegistry(repository, shortPatience).head(tag);
    if (!found) say(`${repository}: the registry has no tag ${tag}`);
    return found?.digest;
  } catch (error) {
    if (!(error instanceof DockerPluginError)) throw error;
    say(`${error.problems[0]?.message}`);
    return undefined;
  }
}
