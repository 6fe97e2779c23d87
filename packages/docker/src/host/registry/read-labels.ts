import { DockerPluginError } from '../../core/errors.js';
import { type ImageParts, imageParts, parseConfig } from '../../core/registry/image-parts.js';
import type { Registry } from './open-registry.js';

/** Registries need not take longer manifests, and configurations are shorter: https://github.com/opencontainers/distribution-spec */
const longest = 4 * 1024 * 1024;

/** More platforms than anybody builds for; each takes two requests. */
const most = 32;

export type Labels = Readonly<Record<string, string>>;

/**
 * Reads the labels of an image: of each of its platforms, which attestations are none of.
 *
 * @param reference A tag or a digest.
 * @returns Never empty; `undefined` for what is no image, or cannot be read.
 */
export async function readLabels(
  registry: Pick<Registry, 'get' | 'blob'>,
  reference: string,
): Promise<readonly [Labels, ...Labels[]] | undefined> {
  try {
    const parts = await readParts(registry, reference);
    if (!parts) return undefined;
    const all =
      'index' in parts
        ? await Promise.all(parts.index.slice(0, most).map(({ digest }) => readParts(registry, digest)))
        : [parts];
    const [first, ...others] = await Promise.all(all.map((image) => readConfig(registry, image)));
    const known = others.filter((labels) => labels !== undefined);
    return first && known.length === others.length ? [first, ...known] : undefined;
  } catch (error) {
    if (!(error instanceof DockerPluginError)) throw error;
    return undefined;
  }
}

async function readConfig(
  registry: Pick<Registry, 'blob'>,
  image: ImageParts | undefined,
): Promise<Labels | undefined> {
  const config = image && 'config' in image ? await registry.blob(image.config) : undefined;
  if (!config || config.length > longest) return undefined;
  const { platform, labels } = parseConfig(config);
  // Without one it is no configuration of an image.
  return platform === '' ? undefined : labels;
}

async function readParts({ get }: Pick<Registry, 'get'>, reference: string): Promise<ImageParts | undefined> {
  const manifest = await get(reference);
  return manifest && manifest.bytes.length <= longest ? imageParts(manifest) : undefined;
}
