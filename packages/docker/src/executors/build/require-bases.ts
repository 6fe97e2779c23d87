import { checkBase, type ExpectedImage } from '../../core/build/base-contexts.js';
import type { Engine } from '../../core/build/engine.js';
import { DockerPluginError } from '../../core/errors.js';
import { readImageId } from '../../host/read-image-id.js';
import { openRegistry } from '../../host/registry/open-registry.js';

/** Throws BASE_MISSING where the engine, or the registry of a pushed base, does not have what was recorded. */
export async function requireBases(bases: readonly ExpectedImage[], engine: Engine): Promise<void> {
  const ids = await Promise.all(bases.map((base) => readId(base, engine)));
  const problems = bases.flatMap((base, index) => checkBase(base, ids[index]));
  if (problems.length > 0) throw new DockerPluginError(problems);
}

async function readId(
  { imageRef, ids, pushedTo }: ExpectedImage,
  engine: Engine,
): Promise<string | undefined> {
  if (pushedTo === undefined) return readImageId(engine, imageRef);
  return (await openRegistry(pushedTo).head(ids[0] ?? ''))?.digest;
}
