/** A tool that can build images and was seen to work. */
export interface Engine {
  /**
   * `buildx` is `docker buildx build`; `docker` is the BuildKit inside an engine whose client has no buildx;
   * `podman` and `buildah` are themselves.
   */
  readonly kind: 'buildx' | 'docker' | 'podman' | 'buildah';
  /** The executable to run: an absolute path, or a name to be found in PATH. */
  readonly file: string;
  /** For people: `Docker 26.1.5, buildx 0.13.1`. */
  readonly description: string;
}

/** What not every engine can do, and what a build then does without. */
export interface EngineAbilities {
  /** Push an image without giving it a name. */
  readonly pushByDigest: boolean;
  /** Provenance and SBOM. */
  readonly attestations: boolean;
  readonly annotations: boolean;
  readonly cacheImport: boolean;
  readonly cacheExport: boolean;
}

/**
 * @param driver buildx's name of what builds: `docker`, `docker-container`, `kubernetes`, `remote`, `cloud`.
 * @param containerdStore True if the images of `docker` are in containerd's store.
 */
export function engineAbilities(
  { kind }: Engine,
  { driver, containerdStore }: { driver: string; containerdStore: boolean },
): EngineAbilities {
  const isBuildx = kind === 'buildx';
  const isBuilder = isBuildx && driver !== 'docker';
  const isCapable = isBuilder || (isBuildx && containerdStore);
  return {
    pushByDigest: isBuilder,
    attestations: isCapable,
    // Podman and Buildah write manifests of the form that has annotations.
    annotations: isCapable || kind === 'podman' || kind === 'buildah',
    cacheImport: isBuildx,
    cacheExport: isCapable,
  };
}
