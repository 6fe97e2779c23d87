/** Where buildx reads and writes steps that were built before. */
export interface CacheOptions {
  readonly cacheFrom?: string;
  readonly cacheTo?: string;
}

/**
 * The build cache of one image for one platform. Each has a scope of its own: in one scope the last build would take
 * the place of all others (https://docs.docker.com/build/cache/backends/gha).
 *
 * @param slug Names the image in a cache that the repository shares.
 * @param image Registry and repository.
 * @param platform `linux-amd64`, or `default`.
 */
export function cacheOptions(
  kind: 'gha' | 'registry' | 'none',
  { slug, image, platform, write }: { slug: string; image: string; platform: string; write: boolean },
): CacheOptions {
  if (kind === 'none') return {};
  const isGha = kind === 'gha';
  const place = isGha ? `type=gha,scope=${slug}-${platform}` : `type=registry,ref=${image}:cache-${platform}`;
  // An image that is built is built, whether or not its cache could be written.
  const form = isGha
    ? 'mode=max,ignore-error=true'
    : 'mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true';
  return { cacheFrom: place, ...(write && { cacheTo: `${place},${form}` }) };
}
