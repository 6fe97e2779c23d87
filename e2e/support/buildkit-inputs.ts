import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerPluginError, type Problem } from '../../packages/docker/src/core/errors.js';
import { joinPath } from '../../packages/docker/src/core/image/context-folder.js';
import {
  type FileFact,
  type FileIndex,
  indexFiles,
} from '../../packages/docker/src/core/image/file-index.js';
import { compileRegion } from '../../packages/docker/src/core/image/input-regions.js';
import type { BuildFile } from '../../packages/docker/src/core/image/list-build-files.js';
import { sentFiles } from '../../packages/docker/src/core/image/sent-files.js';
import { prepareBuild } from '../../packages/docker/src/executors/build/prepare-build.js';
import { readDiskFiles } from '../../packages/docker/src/host/read-disk-files.js';
import type { BuildExecutorOptions } from '../../packages/docker/src/nx/build-options.js';
import { evaluateBuild } from '../../packages/docker/src/nx/evaluate-build.js';
import type { Image } from '../../packages/docker/src/nx/image.js';
import { imageFiles, imageInputs } from '../../packages/docker/src/nx/image-inputs.js';
import type { RandomBuild } from './random-build.js';

/** What we say about a build, without an engine. */
export interface BuildInputs {
  /** The files it reads, by path. */
  readonly files: ReadonlyMap<string, BuildFile>;
  /** True for a path of which Nx is told that a change of it matters, whether or not it is there. */
  isInput(path: string): boolean;
  /** The input digest; absent where it does not count. */
  readonly digest?: string;
  /** Why the build fails. */
  readonly failures: readonly string[];
  readonly links: ReadonlySet<string>;
  /** Where the symlinks lead that a glob finds in a folder: BuildKit compares that, and copies only the symlinks. */
  readonly comparedOnly: readonly string[];
}

/** Asks the executor's own functions, so that what is compared is what users get. */
export async function buildInputs(root: string, build: RandomBuild, tools: string): Promise<BuildInputs> {
  const options: BuildExecutorOptions = {
    dockerfile: build.dockerfilePath,
    buildContext: build.contextFolder,
    image: 'random',
    buildArgs: build.buildArgs,
    namedContexts: { tools, ...build.namedContexts },
    ...(build.target !== undefined && { targetStage: build.target }),
  };
  const task = { projectName: 'random', projectRoot: '.', targetName: 'docker-build' };
  const image = evaluateBuild(options, task, (path) => readText(join(root, path)));
  const disk = readDiskFiles({ root, paths: ['.'], skip: () => false });
  const index = indexFiles(disk);
  const { files, problems } = imageFiles(image, index);
  // Git, and with it Nx, knows no folders.
  const patterns = imageInputs(image, [], indexFiles(disk.filter(({ mode }) => mode !== 'folder')));
  const [isPositive, isNegative] = [matcher(patterns.positive), matcher(patterns.negative)];
  const folders = [build.contextFolder, ...Object.values(build.namedContexts)].map((folder) => `${folder}/`);
  const hasOddLinks = disk.some((file) => leadsOut(file, folders));
  const digest = hasOddLinks ? undefined : await inputDigest(root, options);
  return {
    files: new Map(files.map((file) => [file.path, file])),
    isInput: (path) => isPositive(path) && !isNegative(path),
    ...(digest !== undefined && { digest }),
    failures: [...image.problems, ...problems].filter(isFailure).map(({ message }) => message),
    links: new Set(disk.flatMap(({ path, link }) => (link === undefined ? [] : path))),
    comparedOnly: files.flatMap((file) => comparedBy(file, image, index)),
  };
}

/** A missing source is only a warning because something could still make it before the build. */
function isFailure({ severity, code }: Problem): boolean {
  return severity === 'error' || code === 'SOURCE_MISSING' || code === 'SOURCE_IGNORED';
}

function comparedBy({ mode, uses }: BuildFile, image: Image, index: FileIndex): string[] {
  if (mode !== 'symlink') return [];
  return uses.flatMap(({ context, path, reads }) => {
    const folder = context === undefined ? image.mainContext : image.namedFolders[context];
    if (!folder || reads.every(({ match, exclude }) => match === 'literal' && exclude.length === 0))
      return [];
    return joinPath(folder.folder, sentFiles(folder, index).follow(path).path);
  });
}

function matcher(regions: readonly string[]): (path: string) => boolean {
  const compiled = regions.map(compileRegion);
  return (path) => compiled.some((matches) => matches(path));
}

/** A link that would leave the context stays inside it for BuildKit, and the executor does not look there. */
function leadsOut({ path, link = '' }: FileFact, folders: readonly string[]): boolean {
  const folder = folders.find((each) => path.startsWith(each)) ?? '';
  const depth = path.slice(folder.length).split('/').length - 1;
  return link.startsWith('/') || link.split('/').filter((part) => part === '..').length > depth;
}

async function inputDigest(root: string, options: BuildExecutorOptions): Promise<string | undefined> {
  const context = {
    root,
    cwd: root,
    isVerbose: false,
    projectName: 'random',
    projectsConfigurations: { version: 2, projects: {} },
    nxJsonConfiguration: {},
    projectGraph: { nodes: {}, dependencies: {} },
  };
  try {
    return (await prepareBuild(options, context)).inputDigest;
  } catch (error) {
    if (error instanceof DockerPluginError) return undefined;
    throw error;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
