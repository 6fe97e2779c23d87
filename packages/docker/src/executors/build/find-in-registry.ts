import { buildTag, inputsTag } from '../../core/registry/guard-tag.js';
import type { Registry, RegistryManifest } from '../../host/registry/open-registry.js';
import { type PlatformContents, readContents } from '../../host/registry/read-contents.js';
import { fitsBuild } from './fits-build.js';
import type { SourcedBuild } from './with-source.js';

export interface ImageInRegistry {
  readonly manifest: RegistryManifest;
  readonly contents: readonly PlatformContents[];
}

/** The image in the registry that was built from the inputs of a build: what CI published, else what was pushed by name. */
export async function findInRegistry(
  build: SourcedBuild,
  registry: Registry,
): Promise<ImageInRegistry | undefined> {
  for (const tag of [inputsTag(build.inputDigest), buildTag(build.inputDigest)]) {
    const manifest = await registry.get(tag);
    if (!manifest) continue;
    const contents = await readContents(registry, manifest);
    if (fitsBuild(contents, build)) return { manifest, contents };
  }
  return undefined;
}
