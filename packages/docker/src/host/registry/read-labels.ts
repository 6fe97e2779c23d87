import { DockerPluginError } from '../../core/errors.js';
import { imageParts, parseConfig } from '../../core/registry/image-parts.js';
import type { Registry } from './open-registry.js';

/** Registries need not take longer manifests, and configurations are shorter: https://github.com/opencontainers/distribution-spec */
const longest = 4 * 1024 * 1024;

/**
 * Reads the labels of an image; of one with several platforms those of the first, which attestations are none of.
 *
 * @param reference A tag or a digest.
 * @returns `undefined` for what is no image, or cannot be read.
 */
export async function readLabels(
  registry: Pick<Registry, 'get' | 'blob'>,
  reference: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const found = await readParts(registry, reference);
    const image = found && 'index' in found ? await readParts(registry, found.index[0]?.digest) : found;
    if (!image || 'index' in image) return undefined;
    const config = await registry.blob(image.config);
    if (!config || config.length > longest) return undefined;
    const { platform, labels } = parseConfig(config);
    // Without one it is no configuration of an image.
    return platform === '' ? undefined : labels;
  } catch (error) {
    if (!(error instanceof DockerPluginError)) throw error;
    return undefined;
  }
}

async function readParts({ get }: Pick<Registry, 'get'>, reference: string | undefined) {
  const manifest = reference === undefined ? undefined : await get(reference);
  return manifest && manifest.bytes.length <= longest ? imageParts(manifest) : undefined;
}
