import { DockerPluginError } from '../errors.js';
import { parseImageRef } from '../image/parse-image-ref.js';

/** Where the API of a repository is. */
export interface RegistryAddress {
  /** As it is written in image references: `ghcr.io`, `localhost:5000`, `docker.io`. */
  readonly registry: string;
  /** `acme/api` */
  readonly path: string;
  /** `https://ghcr.io`, without a final slash. */
  readonly origin: string;
}

/**
 * Finds the API of a repository. Registries on loopback speak http, as engines take it, and all others https.
 *
 * @param repository Registry and repository, without tag and digest: `ghcr.io/acme/api`.
 * @throws DockerPluginError OPTIONS_INVALID for what is no repository.
 */
export function registryAddress(repository: string): RegistryAddress {
  const { ref, reason } = parseImageRef(repository);
  if (!ref) throw invalid(repository, reason);
  if (ref.tag !== undefined || ref.digest !== undefined)
    throw invalid(repository, 'it has a tag or a digest');
  const { domain, path } = ref;
  // Docker Hub's API does not live under the name that its references have.
  const host = domain === 'docker.io' ? 'registry-1.docker.io' : domain;
  return { registry: domain, path, origin: `${isLoopback(host) ? 'http' : 'https'}://${host}` };
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host);
}

function invalid(repository: string, reason: string): DockerPluginError {
  return new DockerPluginError({
    code: 'OPTIONS_INVALID',
    severity: 'error',
    message: `${JSON.stringify(repository)} is no repository of a registry: ${reason}`,
    fix: 'correct registry and imageName in the plugin entry in nx.json',
  });
}
