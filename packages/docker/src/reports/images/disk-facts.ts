import { compileDockerignore } from '../../core/dockerfile/compile-dockerignore.js';
import { type ContextFolder, relativePath } from '../../core/image/context-folder.js';
import { type DiskFile, readDiskFiles } from '../../host/read-disk-files.js';
import { buildPlaces } from '../../nx/evaluate-build.js';
import type { Image } from '../../nx/image.js';
import type { DiskFacts } from '../../nx/report-image.js';
import type { OpenImages } from './open-images.js';

/** Reads what a report on an image needs to know of the disk; what images have in common is read once. */
export function diskFactsReader({ root, workspace, images }: OpenImages): (image: Image) => DiskFacts {
  const inEffect = new Set(
    images.flatMap(({ image }) => contextsOf(image).map(({ ignoreFile }) => ignoreFile?.path)),
  );
  const unreadIgnoreFiles = workspace.index.paths.filter(
    (path) => /(?:^|\/)\.dockerignore$/.test(path) && !inEffect.has(path),
  );
  const contexts = new Map<string, DiskFile[]>();
  return (image) => {
    const key = JSON.stringify(image.mainContext);
    const context = contexts.get(key) ?? readContext(root, image.mainContext);
    contexts.set(key, context);
    return { read: readSources(root, image), context, workspace: workspace.index.paths, unreadIgnoreFiles };
  };
}

function contextsOf({ mainContext, namedFolders }: Image): ContextFolder[] {
  return [mainContext, ...Object.values(namedFolders)];
}

/** The files at the places that the image reads from, with its Dockerfile and its ignore files. */
function readSources(root: string, image: Image): DiskFile[] {
  const { paths, skip } = buildPlaces(image);
  const ignoreFiles = contextsOf(image).flatMap(({ ignoreFile }) => ignoreFile?.path ?? []);
  return readDiskFiles({ root, paths: [...paths, image.dockerfilePath, ...ignoreFiles], skip });
}

function readContext(root: string, { folder, ignoreFile }: ContextFolder): DiskFile[] {
  const ignore = compileDockerignore(ignoreFile?.text ?? '');
  const skip = (path: string) => ignore.excludesBelow(relativePath(folder, path)) === 'all';
  return readDiskFiles({ root, paths: [folder], skip }).filter(
    ({ path, mode }) => mode !== 'folder' && !ignore(relativePath(folder, path)),
  );
}
