import { openSigner } from '../../host/open-signer.js';
import { type NameableImage, nameImages } from '../../host/registry/name-images.js';
import type { Registry, RegistryManifest } from '../../host/registry/open-registry.js';
import { putReference } from '../../host/registry/put-reference.js';
import type { CommitToName } from './read-commit.js';
import type { SourcedBuild } from './with-source.js';

/** Gives an image its names, and returns the tags that it has then, the most important one first. */
type Naming = (manifest: RegistryManifest) => Promise<readonly string[]>;

/**
 * Makes a function that writes the names that a build asks for, or those of its commit as far as they may move.
 *
 * @throws DockerPluginError COSIGN_FAILED where the image is to be signed and cannot be: before it is built.
 */
export async function openNaming(build: SourcedBuild, registry: Registry, root: string): Promise<Naming> {
  const { commit, request } = build;
  if (commit) return openCommitNaming(commit, registry, root);
  return async (manifest) => {
    const { repository } = registry;
    const names = request.push === 'by-name' ? request.imageRefs : [];
    const tags = names.map((ref) => ref.slice(repository.length + 1));
    for (const tag of tags) await putReference(registry, tag, manifest);
    return tags;
  };
}

async function openCommitNaming(commit: CommitToName, registry: Registry, root: string): Promise<Naming> {
  const signer = commit.signing && (await openSigner(root, commit.signing));
  const { repository } = registry;
  async function sign({ manifest }: NameableImage): Promise<void> {
    const reference = `${repository}@${manifest.digest}`;
    if (await signer?.(reference)) console.log(`${reference} is signed`);
  }
  return async (manifest) => {
    const options = { ...commit, tagsOf: () => commit.tags, sign };
    const [named] = await nameImages([{ registry, manifest }], options);
    for (const { tag, reason } of named?.refusals ?? [])
      console.warn(`${repository}:${tag} stays where it is: ${reason}`);
    return named?.tags ?? [];
  };
}
