import { createHash } from 'node:crypto';
import { formatPlatform, parsePlatform } from '../image/platform.js';
import { isIndexType, mediaTypes } from './media-types.js';

/** What was pushed for one platform: a manifest, or an index with the manifest and its attestations. */
export interface PlatformManifest {
  /** `linux/arm64`; `null` for the platform of the machine that built it. */
  readonly platform: string | null;
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface MergedManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A part of an index. https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly architecture: string; readonly os: string; readonly variant?: string };
}

/**
 * Merges what was pushed for each platform into one index, attestations included. What was pushed for one platform
 * alone stays as it is, byte for byte. The same parts in the same order give the same bytes.
 *
 * @param annotations Of the index that is made, by name.
 * @throws Error for bytes that are no index although their media type says so.
 */
export function mergePlatforms(
  parts: readonly PlatformManifest[],
  annotations: Readonly<Record<string, string>> = {},
): MergedManifest {
  const [first] = parts;
  if (first && parts.length === 1)
    return { digest: first.digest, mediaType: first.mediaType, bytes: first.bytes };
  const descriptors = new Map(parts.flatMap(descriptorsOf).map((each) => [each.digest, each]));
  const manifests = [...descriptors.values()];
  const isAnnotated = Object.keys(annotations).length > 0;
  // A list of Docker's own form holds manifests of that form only, and no annotations; an OCI index may hold both.
  const isDocker =
    !isAnnotated && manifests.every(({ mediaType }) => mediaType === mediaTypes.dockerManifest);
  const mediaType = isDocker ? mediaTypes.dockerList : mediaTypes.ociIndex;
  const index = { schemaVersion: 2, mediaType, manifests, ...(isAnnotated && { annotations }) };
  const bytes = Buffer.from(JSON.stringify(index, null, 2));
  return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, mediaType, bytes };
}

function descriptorsOf({ platform, digest, mediaType, bytes }: PlatformManifest): Descriptor[] {
  if (isIndexType(mediaType)) return parseIndex(bytes, digest);
  const parsed =
    platform === null ? undefined : parsePlatform(platform, { os: 'linux', architecture: '', variant: '' });
  return [
    {
      mediaType,
      digest,
      size: bytes.length,
      ...(parsed && {
        platform: {
          architecture: parsed.architecture,
          os: parsed.os,
          ...(parsed.variant !== '' && { variant: parsed.variant }),
        },
      }),
    },
  ];
}

function parseIndex(bytes: Uint8Array, digest: string): Descriptor[] {
  const { manifests } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { manifests?: Descriptor[] };
  if (!Array.isArray(manifests)) throw new Error(`${digest} is no index`);
  return manifests;
}

/** The platforms that a manifest or index is for, as its parts say; attestations are for none. */
export function platformsOf({ mediaType, bytes, digest }: MergedManifest): string[] {
  if (!isIndexType(mediaType)) return [];
  return parseIndex(bytes, digest).flatMap(({ platform }) =>
    platform && platform.os !== 'unknown'
      ? [
          formatPlatform({
            os: platform.os,
            architecture: platform.architecture,
            variant: platform.variant ?? '',
          }),
        ]
      : [],
  );
}
