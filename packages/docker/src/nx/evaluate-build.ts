import { compileDockerignore } from '../core/dockerfile/compile-dockerignore.js';
import { joinPath, relativePath } from '../core/image/context-folder.js';
import { indexFiles } from '../core/image/file-index.js';
import type { BuildExecutorOptions } from './build-options.js';
import { evaluateImage } from './evaluate-image.js';
import type { Image } from './image.js';
import type { Workspace } from './workspace.js';

export interface BuildTask {
  readonly projectName: string;
  readonly projectRoot: string;
  readonly targetName: string;
}

/** Evaluates the image that an executor is about to build, from its options alone. */
export function evaluateBuild(
  options: BuildExecutorOptions,
  task: BuildTask,
  readText: Workspace['readText'],
): Image {
  const { dockerfile, image, bases: _, ...settings } = options;
  const declared = { ...task, dockerfilePath: dockerfile, image, options: settings, problems: [] };
  // The options name the build context, so that no file has to be known to infer it.
  return evaluateImage(declared, { index: indexFiles([]), readText });
}

/** Where the files of a build can be on disk, workspace-relative. */
export interface BuildPlaces {
  readonly paths: readonly string[];
  /** True for a folder below which no file is sent to the build. */
  skip(folder: string): boolean;
}

/** Says where to look for the files of a build, so that nothing else has to be read. */
export function buildPlaces({ evaluation, mainContext, namedFolders }: Image): BuildPlaces {
  const contexts = [...Object.values(namedFolders), mainContext].map(({ folder, ignoreFile }) => ({
    folder,
    ignore: compileDockerignore(ignoreFile?.text ?? ''),
  }));
  return {
    paths: evaluation.reads.flatMap(({ context, path, match }) => {
      const folder = context === undefined ? mainContext : namedFolders[context];
      if (!folder) return [];
      return [joinPath(folder.folder, match === 'glob' ? path : beforeWildcard(path))];
    }),
    skip: (path) =>
      contexts.every(({ folder, ignore }) => {
        const isInside = folder === '.' || path === folder || path.startsWith(`${folder}/`);
        return !isInside || ignore.excludesBelow(relativePath(folder, path)) === 'all';
      }),
  };
}

function beforeWildcard(path: string): string {
  const parts = path.split('/');
  const wild = parts.findIndex((part) => /[*?[\\]/.test(part));
  return parts.slice(0, wild < 0 ? undefined : wild).join('/') || '.';
}
