import { lstatSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { suggestName } from '../core/dockerfile/suggest-name.js';
import { DockerPluginError } from '../core/errors.js';
import type { FileReport, ImageReport } from '../core/report/image-report.js';
import { readDiskFiles } from '../host/read-disk-files.js';
import { buildPlaces } from '../nx/evaluate-build.js';
import { reportFile, reportImage } from '../nx/report-image.js';
import { imageId, type WorkspaceImage } from '../nx/workspace-images.js';
import { readDiskFacts } from './disk-facts.js';
import { type OpenImages, openImages } from './open-images.js';

/**
 * Explains what a name stands for: images by project, task, image name or Dockerfile; else a file.
 *
 * @throws DockerPluginError NAME_UNKNOWN where it is neither.
 */
export async function explain(name: string): Promise<(ImageReport | FileReport)[]> {
  const open = await openImages();
  const images = open.images.filter((image) => isNamed(image, name, pathOf(name, open.root)));
  if (images.length > 0) return images.map((image) => reportImage(image, readDiskFacts(open, image.image)));
  return [explainFile(open, name)];
}

function isNamed({ image }: WorkspaceImage, name: string, path: string): boolean {
  const shortName = image.image.slice(image.image.lastIndexOf('/') + 1);
  return (
    [image.projectName, imageId(image), image.image, shortName].includes(name) ||
    image.dockerfilePath === path
  );
}

function explainFile(open: OpenImages, name: string): FileReport {
  const path = pathOf(name, open.root);
  if (!isFile(resolve(open.root, path))) throw unknownName(name, open);
  const images = open.images.map((image) => {
    const disk = readDiskFiles({ root: open.root, ...buildPlaces(image.image) });
    return reportFile(image, path, disk);
  });
  return { kind: 'file', path, images };
}

/** Names of files are relative to the current folder, as a shell completes them. */
function pathOf(name: string, root: string): string {
  return relative(root, resolve(name)).replaceAll('\\', '/');
}

function isFile(path: string): boolean {
  try {
    return !lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

function unknownName(name: string, { images }: OpenImages): DockerPluginError {
  const names = images.flatMap(({ image }) => [image.projectName, imageId(image), image.image]);
  const near = suggestName(name, names);
  const all = images.map(({ image }) => imageId(image)).join(', ');
  return new DockerPluginError({
    code: 'NAME_UNKNOWN',
    severity: 'error',
    message: `${JSON.stringify(name)} is no project with an image, no image and no file here`,
    fix: near
      ? `write ${near}`
      : all
        ? `write one of ${all}, or the path of a file`
        : 'add a Dockerfile to a project',
  });
}
