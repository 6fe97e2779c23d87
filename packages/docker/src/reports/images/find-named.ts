import { lstatSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { DockerPluginError, type Problem } from '../../core/errors.js';
import { formatImageName } from '../../core/image/format-image-ref.js';
import { parseImageRef } from '../../core/image/parse-image-ref.js';
import { nearNames } from '../../core/report/near-names.js';
import { imageId, type WorkspaceImage } from '../../nx/workspace-images.js';
import type { OpenImages } from './open-images.js';

/** What a name stands for: images, or else one file, workspace-relative. */
export type Named =
  | { readonly images: readonly WorkspaceImage[]; readonly file?: undefined }
  | { readonly file: string };

/**
 * Finds what a name of the command line stands for. Paths are relative to the current folder, as a shell completes
 * them, or else to the workspace root.
 *
 * @throws DockerPluginError NAME_UNKNOWN where it is no project, task, image, Dockerfile or file.
 */
export function findNamed(name: string, open: OpenImages, folder: string = process.cwd()): Named {
  const paths = [resolve(folder, name), resolve(open.root, name)]
    .map((path) => relative(open.root, path).replaceAll('\\', '/') || '.')
    .filter((path) => path !== '..' && !path.startsWith('../'));
  const rules: ((image: WorkspaceImage) => boolean)[] = [
    ({ image }) => image.projectName === name || imageId(image) === name,
    ({ image }) => isImageName(image.image, name),
    ({ image }) => paths.includes(image.dockerfilePath),
    ({ image }) => paths.includes(image.projectRoot),
  ];
  for (const rule of rules) {
    const images = open.images.filter(rule);
    if (images.length > 0) return { images };
  }
  const file = paths.find((path) => kindOf(join(open.root, path)) === 'file');
  if (file !== undefined) return { file };
  throw new DockerPluginError(unknownName(name, { open, paths }));
}

/** With or without a registry, a tag and a digest. */
function isImageName(image: string, name: string): boolean {
  const own = parseImageRef(image).ref;
  const asked = parseImageRef(name).ref;
  if (!own) return image === name;
  if (own.path.slice(own.path.lastIndexOf('/') + 1) === name) return true;
  return asked !== undefined && formatImageName(own) === formatImageName(asked);
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    return lstatSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

function unknownName(name: string, { open, paths }: { open: OpenImages; paths: readonly string[] }): Problem {
  const isFolder = paths.some((path) => kindOf(join(open.root, path)) === 'folder');
  return {
    code: 'NAME_UNKNOWN',
    severity: 'error',
    message: isFolder
      ? `${JSON.stringify(name)} is a folder, but not that of a project with an image`
      : `${JSON.stringify(name)} is no project with an image, no image and no file here`,
    fix: isFolder ? 'name a file in it, or a project' : suggest(name, open),
  };
}

function suggest(name: string, { images, workspace }: OpenImages): string {
  const ids = images.map(({ image }) => imageId(image));
  const names = images.flatMap(({ image }) => [image.projectName, imageId(image), image.image]);
  const near = nearNames(name, /[/.]/.test(name) ? [...names, ...workspace.index.paths] : names);
  if (near.length > 0) return `write ${near.join(' or ')}`;
  if (ids.length === 0) return 'add a Dockerfile to a project';
  const more = ids.length > most ? ` (and ${ids.length - most} more)` : '';
  return `write one of ${ids.slice(0, most).join(', ')}${more}, or the path of a file`;
}

const most = 8;
