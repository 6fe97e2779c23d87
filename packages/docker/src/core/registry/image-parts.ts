import { normalisePlatform } from '../image/normalise-platform.js';
import { isIndexType } from './media-types.js';
import type { MergedManifest } from './merge-platforms.js';

/** What a manifest or index says of its image; no platform where only the configuration tells. */
export type ImageParts =
  | { readonly index: readonly { readonly digest: string; readonly platform: string }[] }
  | {
      readonly config: string;
      /** Bytes of the configuration and of all layers, as the registry holds them. */
      readonly size: number;
    };

interface Descriptor {
  readonly digest?: unknown;
  readonly size?: unknown;
  readonly platform?: {
    readonly os?: unknown;
    readonly architecture?: unknown;
    readonly variant?: unknown;
  } | null;
}

/**
 * Reads the images of an index, without attestations, which are for no platform, or what one manifest consists of.
 *
 * @returns `undefined` for what is neither.
 */
export function imageParts({ bytes, mediaType }: MergedManifest): ImageParts | undefined {
  const value = parse(bytes);
  if (isIndexType(mediaType))
    return Array.isArray(value.manifests) ? { index: value.manifests.flatMap(partOf) } : undefined;
  const { config, layers } = value;
  if (typeof config?.digest !== 'string' || !Array.isArray(layers)) return undefined;
  const blobs = new Map([config, ...layers].map((part) => [part?.digest, Number(part?.size) || 0]));
  return { config: config.digest, size: [...blobs.values()].reduce((sum, size) => sum + size, 0) };
}

/** `linux/arm64` of the configuration of an image, and its labels. */
export function parseConfig(bytes: Uint8Array): {
  platform: string;
  labels: Readonly<Record<string, string>>;
} {
  const { os, architecture, variant, config } = parse(bytes) as Record<string, unknown> & {
    config?: { Labels?: unknown };
  };
  const labels = Object.entries(Object(config?.Labels) as Record<string, unknown>);
  return {
    platform: platformOf({ os, architecture, variant }),
    labels: Object.fromEntries(
      labels.filter((label): label is [string, string] => typeof label[1] === 'string'),
    ),
  };
}

function partOf(part: Descriptor | null): { digest: string; platform: string }[] {
  const { digest, platform } = part ?? {};
  if (typeof digest !== 'string' || platform?.os === 'unknown') return [];
  return [{ digest, platform: platformOf(platform ?? {}) }];
}

function platformOf({ os, architecture, variant }: NonNullable<Descriptor['platform']>): string {
  const parts = [os, architecture, variant].filter((part) => typeof part === 'string' && part !== '');
  return parts.length < 2 ? '' : normalisePlatform(parts.join('/'));
}

function parse(bytes: Uint8Array): { manifests?: Descriptor[]; config?: Descriptor; layers?: Descriptor[] } {
  try {
    return Object(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return {};
  }
}
