import { compileDockerignore } from '../core/dockerfile/compile-dockerignore.js';
import { relativePath } from '../core/image/context-folder.js';
import { readDiskFiles } from '../host/read-disk-files.js';
import { buildPlaces } from '../nx/evaluate-build.js';
import type { Image } from '../nx/image.js';
import type { DiskFacts } from '../nx/report-image.js';
import type { OpenImages } from './open-images.js';

/** Reads what a report on an image needs to know of the disk. */
export function readDiskFacts({ root, workspace }: OpenImages, image: Image): DiskFacts {
  const { folder, ignoreFile } = image.mainContext;
  const ignore = compileDockerignore(ignoreFile?.text ?? '');
  const skip = (path: string) => ignore.excludesBelow(relativePath(folder, path)) === 'all';
  return {
    read: readDiskFiles({ root, ...buildPlaces(image) }),
    context: readDiskFiles({ root, paths: [folder], skip }).filter(
      ({ path, mode }) => mode !== 'folder' && !ignore(relativePath(folder, path)),
    ),
    ignoreFiles: workspace.index.paths.filter((path) => /(?:^|\/)\.dockerignore$/.test(path)),
  };
}
