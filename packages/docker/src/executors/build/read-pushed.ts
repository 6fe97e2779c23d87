import type { BuildRequest } from '../../core/build/build-command.js';
import { DockerPluginError } from '../../core/errors.js';
import type { Registry, RegistryManifest } from '../../host/registry/open-registry.js';

/**
 * Asks the registry what it got, so that a record never names what is not there.
 *
 * @param built The digest that the engine gave, if it gave one.
 * @throws DockerPluginError ENGINE_FAILED where the registry has nothing.
 */
export async function readPushed(
  { push, imageRefs }: BuildRequest,
  { registry, digest }: { readonly registry: Registry; readonly digest: string | undefined },
): Promise<RegistryManifest> {
  const { repository } = registry;
  const reference = push === 'by-digest' ? digest : imageRefs[0]?.slice(repository.length + 1);
  const manifest = reference === undefined ? undefined : await registry.get(reference);
  if (manifest) return manifest;
  throw new DockerPluginError({
    code: 'ENGINE_FAILED',
    severity: 'error',
    message: `the engine says that it pushed ${repository}, but the registry does not have ${reference ?? 'what it built'}`,
    fix: 'push again; if it stays so, compare the registry that the engine reaches with the one named here',
  });
}
