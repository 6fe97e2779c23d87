import { buildTag } from '../../core/registry/guard-tag.js';
import { findEngine } from '../../host/find-engine.js';
import { openRegistry, type Registry } from '../../host/registry/open-registry.js';
import { putReference } from '../../host/registry/put-reference.js';
import { type PlatformContents, readContents, sizesOf } from '../../host/registry/read-contents.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { findInRegistry } from './find-in-registry.js';
import { limitToEngine } from './limit-to-engine.js';
import type { MadeImage } from './made-image.js';
import { mayTake } from './may-take.js';
import { openNaming } from './open-naming.js';
import { readPushed } from './read-pushed.js';
import { requireBases } from './require-bases.js';
import { type ResolvedBuild, resolveBases } from './resolve-bases.js';
import { runBuild } from './run-build.js';
import { takeBases } from './take-bases.js';

/** Leaves an image in its registry: the one that is there, if it was built from the same inputs, by new names alone. */
export async function makeInRegistry(
  build: ResolvedBuild,
  options: BuildExecutorOptions,
  root: string,
): Promise<MadeImage> {
  const registry = openRegistry(build.image.image);
  // A registry that will refuse in the end is better asked before the build.
  await registry.requirePush();
  const writeNames = await openNaming(build, registry, root);
  const found = mayTake(options, build.image, 'registry') ? await findInRegistry(build, registry) : undefined;
  if (found) {
    const tags = await writeNames(found.manifest);
    const { digest } = found.manifest;
    const names = tags.length > 0 ? `; its names are ${tags.join(', ')}` : '';
    const unchanged = `unchanged: ${registry.repository}@${digest} was built from these inputs${names}`;
    return { digest, tags, pushed: true, unchanged, ...contentsOf(found.contents) };
  }
  const resolved = options.refreshBases ? build : await resolveBases(build, options, root);
  const { manifest, imageId, tags } = await buildAndPush(resolved, registry, root);
  const named = build.commit ? await writeNames(manifest) : tags;
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
  const names = request.push === 'by-name' ? request.imageRefs : [];
  return { manifest, imageId, tags: names.map((ref) => ref.slice(registry.repository.length + 1)) };
}

function contentsOf(contents: readonly PlatformContents[]): Pick<MadeImage, 'labels' | 'sizes'> {
  return { labels: contents[0]?.labels ?? {}, sizes: sizesOf(contents) };
}
