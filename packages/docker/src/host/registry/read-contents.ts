import { imageParts, parseConfig } from '../../core/registry/image-parts.js';
import type { MergedManifest } from '../../core/registry/merge-platforms.js';
import type { Registry } from './open-registry.js';

/** What a registry holds for one platform of an image. */
export interface PlatformContents {
  /** `linux/arm64` */
  readonly platform: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Bytes of the configuration and of all layers, as the registry holds them. */
  readonly size: number;
}

/** Reads what an image consists of, for each of its platforms. What a registry has lost is left out. */
export async function readContents(
  registry: Pick<Registry, 'get' | 'blob'>,
  manifest: MergedManifest,
): Promise<PlatformContents[]> {
  const parts = imageParts(manifest);
  if (!parts) return [];
  if ('index' in parts) {
    const images = await Promise.all(
      parts.index.map(async ({ digest }) => {
        const image = await registry.get(digest);
        return image ? readContents(registry, image) : [];
      }),
    );
    return images.flat();
  }
  const config = await registry.blob(parts.config);
  return config ? [{ ...parseConfig(config), size: parts.size }] : [];
}

/** Bytes by platform, as far as the platform is known. */
export function sizesOf(contents: readonly PlatformContents[]): Record<string, number> {
  const known = contents.filter(({ platform }) => platform !== '');
  return Object.fromEntries(known.map(({ platform, size }) => [platform, size]));
}
