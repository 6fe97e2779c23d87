import type { FileReport, ImageReport } from '../../core/report/image-report.js';
import { readDiskFiles } from '../../host/read-disk-files.js';
import { buildPlaces } from '../../nx/evaluate-build.js';
import type { Image } from '../../nx/image.js';
import { reportFile } from '../../nx/report-file.js';
import { reportImage } from '../../nx/report-image.js';
import { diskFactsReader } from './disk-facts.js';
import { findNamed } from './find-named.js';
import { type OpenImages, openImages } from './open-images.js';

/**
 * Explains what a name stands for: the images of a project, a task, an image name, a Dockerfile or a project's
 * folder; else a file.
 *
 * @throws DockerPluginError NAME_UNKNOWN where it is none of them.
 */
export async function explain(name: string): Promise<(ImageReport | FileReport)[]> {
  const open = await openImages();
  const found = findNamed(name, open);
  if (found.file !== undefined) return [explainFile(found.file, open)];
  const readFacts = diskFactsReader(open);
  return found.images.map((image) => reportImage(image, readFacts(image.image)));
}

function explainFile(path: string, { root, images }: OpenImages): FileReport {
  return {
    kind: 'file',
    path,
    images: images.map(({ image }) =>
      reportFile(image, path, readDiskFiles({ root, ...placesOf(image, path) })),
    ),
  };
}

/** Of the places that an image reads from, only those are looked into that can hold the file. */
function placesOf(image: Image, path: string) {
  const { paths, skip } = buildPlaces(image);
  return {
    paths: [...paths, path],
    skip: (folder: string) => skip(folder) || !(folder === path || path.startsWith(`${folder}/`)),
  };
}
