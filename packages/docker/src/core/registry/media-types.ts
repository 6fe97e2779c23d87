/** The forms of manifests: of one image, and of an index over several platforms. */
export const mediaTypes = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
} as const;

/** What a registry is asked for; without it some convert an index into the manifest of one platform. */
export const acceptedManifests = Object.values(mediaTypes).join(', ');

export function isManifestType(mediaType: string): boolean {
  return (Object.values(mediaTypes) as string[]).includes(mediaType);
}

export function isIndexType(mediaType: string): boolean {
  return mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerList;
}
