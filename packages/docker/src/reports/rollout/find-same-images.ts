import { DockerPluginError } from '../../core/errors.js';
import { imageParts } from '../../core/registry/image-parts.js';
import type { SameImages } from '../../core/rollout/compare-images.js';
import type { WantedImage } from '../../core/rollout/wanted-image.js';
import { openRegistry, type Registry } from '../../host/registry/open-registry.js';
import type { Patience } from '../../host/registry/send-request.js';

/** Whoever waits for a rollout has waited long enough. */
export const shortPatience: Patience = { attempts: 2, firstDelay: 250, timeout: 5_000 };

/**
 * Asks registries what else counts as some images: nodes name the manifest of their platform where the manifest names an
 * index, or the configuration. A registry that does not answer is told with the reason.
 */
export async function findSameImages(images: readonly WantedImage[]): Promise<SameImages> {
  const wanted = new Map(images.flatMap(({ digest, repository }) => (digest ? [[digest, repository]] : [])));
  const found = [...wanted].map(
    async ([digest, repository]) => [digest, await ask(repository, digest)] as const,
  );
  return new Map(await Promise.all(found));
}

async function ask(repository: string, digest: string): Promise<ReadonlySet<string> | { reason: string }> {
  try {
    return new Set(await partsOf(openRegistry(repository, shortPatience), digest));
  } catch (error) {
    if (!(error instanceof DockerPluginError)) throw error;
    return { reason: error.problems[0]?.message ?? '' };
  }
}

async function partsOf(registry: Registry, digest: string): Promise<string[]> {
  const manifest = await registry.get(digest);
  const parts = manifest && imageParts(manifest);
  if (!parts) return [];
  if (!('index' in parts)) return [parts.config];
  const digests = parts.index.map((part) => part.digest);
  const nested = await Promise.all(digests.map((each) => partsOf(registry, each)));
  return [...digests, ...nested.flat()];
}
