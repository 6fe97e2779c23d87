import type { Engine } from '../../core/build/engine.js';
import { inputsLabel } from '../../core/build/inputs-label.js';
import type { LocalImage } from '../../core/build/local-image.js';
import { findLocalImages } from '../../host/local-images.js';
import { fitsBuild } from './fits-build.js';
import type { SourcedBuild } from './with-source.js';

/** The image in the engine's own store that was built from the inputs of a build, one that has its name before others. */
export async function findInEngine(build: SourcedBuild, engine: Engine): Promise<LocalImage | undefined> {
  const { imageRefs, platforms = [] } = build.request;
  const images = await findLocalImages(engine, `${inputsLabel}=${build.inputDigest}`);
  // The store says one platform of an image that has several; the digest counts all that were asked for.
  const fitting = images.filter((image) =>
    fitsBuild([platforms.length > 1 ? { ...image, platform: '' } : image], build),
  );
  return fitting.find(({ names }) => imageRefs.some((ref) => names.includes(ref))) ?? fitting[0];
}
