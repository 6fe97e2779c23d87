import { normalisePlatform } from '../image/normalise-platform.js';

/** An image in an engine's own store. */
export interface LocalImage {
  /** `sha256:…`: of its configuration, or of its manifest or index where the store is containerd's. */
  readonly id: string;
  /** As the engine writes them; the registry of Docker Hub may be left out. */
  readonly names: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** `linux/arm64` */
  readonly platform: string;
  /** Bytes, as the engine counts them; Buildah does not say. */
  readonly size?: number;
  /** The id, where it is the digest that a registry would have too. */
  readonly digest?: string;
}

interface Inspected {
  readonly Id?: unknown;
  readonly RepoTags?: unknown;
  readonly RepoDigests?: unknown;
  readonly Os?: unknown;
  readonly Architecture?: unknown;
  readonly Variant?: unknown;
  readonly Size?: unknown;
  readonly Config?: { readonly Labels?: unknown } | null;
  readonly Descriptor?: { readonly digest?: unknown } | null;
  readonly FromImageID?: unknown;
  readonly FromImage?: unknown;
  readonly OCIv1?: Buildah | null;
}

interface Buildah {
  readonly os?: unknown;
  readonly architecture?: unknown;
  readonly variant?: unknown;
  readonly config?: { readonly Labels?: unknown } | null;
}

/**
 * Reads what `docker image inspect`, `podman image inspect` or `buildah inspect --type image` print: a list, or one
 * object. What cannot be read is left out.
 */
export function parseLocalImages(text: string): LocalImage[] {
  return parseList(text).flatMap((each) => (each.OCIv1 ? buildahImage(each, each.OCIv1) : dockerImage(each)));
}

function dockerImage(image: Inspected): LocalImage[] {
  const id = idOf(image.Id);
  if (id === undefined) return [];
  // A classic store knows a digest only of what was pushed or pulled, and it is another one.
  const digests = [
    image.Descriptor?.digest,
    ...listOf(image.RepoDigests).map((name) => name.replace(/^.*@/, '')),
  ];
  return [
    {
      id,
      names: listOf(image.RepoTags),
      labels: labelsOf(image.Config?.Labels),
      platform: platformOf(image.Os, image.Architecture, image.Variant),
      ...(typeof image.Size === 'number' && { size: image.Size }),
      ...(digests.includes(id) && { digest: id }),
    },
  ];
}

function buildahImage({ FromImageID, FromImage }: Inspected, image: Buildah): LocalImage[] {
  const id = idOf(FromImageID);
  if (id === undefined) return [];
  const platform = platformOf(image.os, image.architecture, image.variant);
  const names = typeof FromImage === 'string' ? [FromImage] : [];
  return [{ id, names, labels: labelsOf(image.config?.Labels), platform }];
}

function parseList(text: string): Inspected[] {
  try {
    return [JSON.parse(text)].flat().filter((each) => typeof each === 'object' && each !== null);
  } catch {
    return [];
  }
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Podman and Buildah write no algorithm. */
function idOf(id: unknown): string | undefined {
  const [, digits] = /^(?:sha256:)?([0-9a-f]{64})$/.exec(typeof id === 'string' ? id : '') ?? [];
  return digits === undefined ? undefined : `sha256:${digits}`;
}

function labelsOf(labels: unknown): Record<string, string> {
  const entries = Object.entries(Object(labels) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function platformOf(...parts: readonly unknown[]): string {
  return normalisePlatform(parts.filter((part) => typeof part === 'string' && part !== '').join('/'));
}
