import { join } from 'node:path';
import type { Engine } from '../../core/build/engine.js';
import { inputsLabel } from '../../core/build/inputs-label.js';
import type { LocalImage } from '../../core/build/local-image.js';
import { parsePublishedRecord } from '../../core/build/published-record.js';
import { formatImageName } from '../../core/image/format-image-ref.js';
import { parseImageRef } from '../../core/image/parse-image-ref.js';
import { findLocalImages } from '../../host/local-images.js';
import { readTextFile } from '../../host/read-text-file.js';
import { recordPath } from '../../nx/docker-target.js';
import { fitsBuild } from './fits-build.js';
import type { SourcedBuild } from './with-source.js';

/**
 * The image in the engine's own store that was built from the inputs of a build. What somebody built from it by hand has
 * its label, too: so it has to be the one of the record, or, where there is no record of these inputs, has to have a
 * name in the repository of the image.
 */
export async function findInEngine(
  build: SourcedBuild,
  engine: Engine,
  root: string,
): Promise<LocalImage | undefined> {
  const { imageRefs, platforms = [] } = build.request;
  const images = await findLocalImages(engine, `${inputsLabel}=${build.inputDigest}`);
  // The store says one platform of an image that has several; the digest counts all that were asked for.
  const fitting = images.filter((image) =>
    fitsBuild([platforms.length > 1 ? { ...image, platform: '' } : image], build),
  );
  const recorded = recordedIds(build, root);
  if (recorded.length > 0) return fitting.find(({ id }) => recorded.includes(id));
  const own = fitting.filter(({ names }) => names.some((name) => isOfImage(name, build.image.image)));
  return own.find(({ names }) => imageRefs.some((ref) => names.includes(ref))) ?? own[0];
}

/** What the engine knows the image by that was built last from these inputs; a push says nothing of the engine. */
function recordedIds({ image, inputDigest }: SourcedBuild, root: string): string[] {
  const text = readTextFile(join(root, recordPath(image.projectName, image.targetName)));
  const record = parsePublishedRecord(text ?? '');
  if (!record || record.pushed || record.inputDigest !== inputDigest) return [];
  return [record.imageId, record.digest].filter((id) => id !== undefined);
}

/** Podman puts what has no registry on `localhost`, Docker leaves that of Docker Hub out. */
function isOfImage(name: string, image: string): boolean {
  const [own, other] = [image, name.replace(/^localhost\/(?=[^/]+$)/, '')].map(
    (text) => parseImageRef(text).ref,
  );
  return own !== undefined && other !== undefined && formatImageName(own) === formatImageName(other);
}
