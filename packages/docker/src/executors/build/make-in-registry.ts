import { buildTag } from '../../core/registry/guard-tag.js';
import { findEngine } from '../../host/find-engine.js';
import { nameImages } from '../../host/registry/name-images.js';
import { openRegistry, type Registry, type RegistryManifest } from '../../host/registry/open-registry.js';
import { putReference } from '../../host/registry/put-reference.js';
import { type PlatformContents, readContents, sizesOf } from '../../host/registry/read-contents.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { findInRegistry } from './find-in-registry.js';
import { limitToEngine } from './limit-to-engine.js';
import type { MadeImage } from './made-image.js';
import { mayTake } from './may-take.js';
import { readPushed } from './read-pushed.js';
import { requireBases } from './require-bases.js';
import { type ResolvedBuild, resolveBases } from './resolve-bases.js';
import { runBuild } from './run-build.js';
import { takeBases } from './take-bases.js';
import type { SourcedBuild } from './with-source.js';

/** Leaves an image in its registry: the one that is there, if it was built from the same inputs, by new names alone. */
export async function makeInRegistry(
  build: ResolvedBuild,
  options: BuildExecutorOptions,
  root: string,
): Promise<MadeImage> {
  const registry = openRegistry(build.image.image);
  // A registry that will refuse in the end is better asked before the build.
  await registry.requirePush();
  const found = mayTake(options, build.image, 'registry') ? await findInRegistry(build, registry) : undefined;
  if (found) {
    const tags = await writeTags(build, registry, found.manifest);
    const { digest } = found.manifest;
    const names = tags.length > 0 ? `; its names are ${tags.join(', ')}` : '';
    const unchanged = `unchanged: ${registry.repository}@${digest} was built from these inputs${names}`;
    return { digest, tags, pushed: true, unchanged, ...contentsOf(found.contents) };
  }
  const resolved = options.refreshBases ? build : await resolveBases(build, options, root);
  const { manifest, imageId, tags } = await buildAndPush(resolved, registry, root);
  const named = build.commit ? await writeTags(build, registry, manifest) : tags;
  const contents = await readContents(registry, manifest);
  return {
    ...(imageId !== undefined && { imageId }),
    digest: manifest.digest,
    tags: named,
    pushed: true,
    ...contentsOf(contents),
  };
}

async function buildAndPush(build: ResolvedBuild, registry: Registry, root: string) {
  const engine = await findEngine();
  const request = await limitToEngine(takeBases(build, engine), engine);
  await requireBases(build.bases, engine);
  const { imageId, digest } = await runBuild(request, engine, root);
  const manifest = await readPushed(request, { registry, digest });
  // By this name the same inputs are found again. What CI pushes without a name, it names itself.
  if (request.push === 'by-name') await putReference(registry, buildTag(build.inputDigest), manifest);
  const tags = request.push === 'by-name' ? tagsOf(request.imageRefs, registry) : [];
  return { manifest, imageId, tags };
}

/** Writes the names that a build asks for, or that its commit gives as far as they may move. */
async function writeTags(
  { request, commit }: SourcedBuild,
  registry: Registry,
  manifest: RegistryManifest,
): Promise<readonly string[]> {
  if (commit) {
    const [named] = await nameImages([{ registry, manifest }], { ...commit, tagsOf: () => commit.tags });
    for (const { tag, reason } of named?.refusals ?? [])
      console.warn(`${registry.repository}:${tag} stays where it is: ${reason}`);
    return named?.tags ?? [];
  }
  const tags = request.push === 'by-name' ? tagsOf(request.imageRefs, registry) : [];
  for (const tag of tags) await putReference(registry, tag, manifest);
  return tags;
}

function tagsOf(imageRefs: readonly string[], { repository }: Registry): string[] {
  return imageRefs.map((ref) => ref.slice(repository.length + 1));
}

function contentsOf(contents: readonly PlatformContents[]): Pick<MadeImage, 'labels' | 'sizes'> {
  return { labels: contents[0]?.labels ?? {}, sizes: sizesOf(contents) };
}
