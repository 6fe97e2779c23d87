import { compileDockerignore } from '../core/dockerfile/compile-dockerignore.js';
import { joinPath, relativePath } from '../core/image/context-folder.js';
import type { FileIndex } from '../core/image/file-index.js';
import type { BuildFile } from '../core/image/list-build-files.js';
import { filesBelow } from '../core/image/sorted-files.js';
import type { ImageState } from '../core/plan/image-state.js';
import { labelOf } from '../core/plan/job-names.js';
import type { Commit } from '../host/git/open-commit.js';
import type { Image } from '../nx/image.js';
import { imageFiles } from '../nx/image-inputs.js';
import type { Workspace } from '../nx/workspace.js';
import { imageId, type WorkspaceImage } from '../nx/workspace-images.js';
import { readListedImages } from './open-images.js';
import { visibleFiles } from './plan-visible-files.js';

/** An image of one commit, with all that a plan asks about it. */
export interface CommitImage {
  readonly id: string;
  readonly workspaceImage: WorkspaceImage;
  /** All files that the build reads; the same list each time. */
  files(): readonly BuildFile[];
}

export interface CommitImages {
  readonly commit: Commit;
  /** The commit as Nx would see it. */
  readonly workspace: Workspace;
  /** By id. */
  readonly images: ReadonlyMap<string, CommitImage>;
}

/**
 * Reads the images of a commit.
 *
 * @throws DockerPluginError OPTIONS_INVALID where its nx.json does not list the plugin.
 */
export async function readCommitImages(commit: Commit): Promise<CommitImages> {
  const { name, index, readText } = commit;
  const workspace = { name, index: { ...index, paths: visibleFiles(index.paths, readText) }, readText };
  const all = withSubmodules(index);
  const { images } = await readListedImages(workspace);
  return {
    commit,
    workspace,
    images: new Map(
      images.map((workspaceImage) => {
        const id = imageId(workspaceImage.image);
        return [id, { id, workspaceImage, files: once(() => readFiles(workspaceImage.image, all)) }];
      }),
    ),
  };
}

/**
 * What two commits are compared by.
 *
 * @param countsBy How a file that is not read can change the image.
 */
export function imageState(
  { id, workspaceImage, files }: CommitImage,
  countsBy: ImageState['countsBy'] = () => undefined,
): ImageState {
  const { image, bases } = workspaceImage;
  const byPath = once(() => new Map(files().map((file) => [file.path, file])));
  return {
    id,
    label: labelOf(id),
    dockerfile: image.dockerfilePath,
    settings: settingsOf(workspaceImage),
    bases: bases.map((base) => imageId(base.image)),
    files: once(() => new Set(byPath().keys())),
    readBy: (path) => readBy(byPath().get(path)),
    countsBy,
  };
}

/** In the order in which a difference is told. */
function settingsOf({ image, bases }: WorkspaceImage): ReadonlyMap<string, string> {
  const { evaluation, options } = image;
  const {
    targetStage,
    buildArgs = {},
    platforms = [],
    secrets = [],
    namedContexts = {},
    onbuild = {},
  } = options;
  // What a Dockerfile does not declare does not reach the build; one with an error may declare anything.
  const args = Object.entries(buildArgs).filter(
    ([name]) => isBroken(image) || evaluation.declaredArgs.includes(name),
  );
  const contexts = Object.entries(namedContexts).filter(
    ([name]) => isBroken(image) || evaluation.usedContexts.includes(name),
  );
  return new Map([
    ['the name of the image', image.image],
    ['the place of the Dockerfile', image.dockerfilePath],
    ['the build context', image.buildContext],
    ['the target stage', targetStage ?? ''],
    ['the list of platforms', [...new Set(platforms)].sort().join()],
    [
      'the list of base images',
      bases
        .map((base) => imageId(base.image))
        .sort()
        .join('\n'),
    ],
    ...args.map(([name, value]): [string, string] => [`build argument ${name}`, JSON.stringify(value)]),
    ...contexts.map(([name, value]): [string, string] => [`named context ${name}`, value]),
    ...secrets.map((secret): [string, string] => [`secret ${secret.id}`, JSON.stringify(secret)]),
    ...Object.entries(onbuild).map(([name, triggers]): [string, string] => [
      `the list of ONBUILD triggers of ${name}`,
      JSON.stringify(triggers),
    ]),
  ]);
}

function readBy(file: BuildFile | undefined): string | undefined {
  const read = file?.uses[0]?.reads[0];
  return read && `${read.kind === 'bind' ? 'mount of' : read.kind} ${read.text} in line ${read.place.line}`;
}

/** What a Dockerfile with an error reads is not known: all that it could. */
function readFiles(image: Image, index: FileIndex): readonly BuildFile[] {
  if (isBroken(image)) return wholeContexts(image, index);
  const { files } = imageFiles(image, index);
  const known = new Set(files.map(({ path }) => path));
  const inside = submodulesAround(image, index).filter((path) => !known.has(path));
  return [
    ...files,
    ...inside.map((path): BuildFile => ({ path, mode: 'file', uses: [{ path, reads: [] }] })),
  ];
}

function isBroken({ problems }: Image): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

function wholeContexts(image: Image, index: FileIndex): BuildFile[] {
  const contexts = [undefined, ...Object.keys(image.namedFolders)].flatMap((key) => {
    const context = key === undefined ? image.mainContext : image.namedFolders[key];
    return context ? [{ key, context }] : [];
  });
  const files = new Map<string, BuildFile>();
  for (const { key, context } of contexts) {
    const { folder, ignoreFile } = context;
    const ignore = compileDockerignore(ignoreFile?.text ?? '');
    for (const path of filesBelow(folder, index.paths)) {
      const inner = relativePath(folder, path);
      if (ignore(inner)) continue;
      const use = { path: inner, reads: [], ...(key !== undefined && { context: key }) };
      files.set(path, fileAt(path, [...(files.get(path)?.uses ?? []), use], index));
    }
  }
  const always = [image.dockerfilePath, ...contexts.flatMap(({ context }) => context.ignoreFile?.path ?? [])];
  for (const path of always)
    if (!files.has(path)) files.set(path, fileAt(path, [{ path, reads: [] }], index));
  return [...files.values()];
}

function fileAt(path: string, uses: BuildFile['uses'], { links, executables }: FileIndex): BuildFile {
  const link = links.get(path);
  if (link !== undefined) return { path, mode: 'symlink', link, uses };
  return { path, mode: executables.has(path) ? 'executable' : 'file', uses };
}

/** A submodule stands for all that is in it: the id of its commit is what its files depend on. */
function withSubmodules(index: FileIndex): FileIndex {
  if (index.emptyFolders.length === 0) return index;
  return { ...index, paths: [...index.paths, ...index.emptyFolders].sort() };
}

/** Submodules of which only a part is read: the other part of the id's files is not known here. */
function submodulesAround(
  { evaluation, mainContext, namedFolders }: Image,
  { emptyFolders }: FileIndex,
): string[] {
  if (emptyFolders.length === 0) return [];
  const places = evaluation.reads.flatMap(({ context, path }) => {
    const folder = context === undefined ? mainContext : namedFolders[context];
    return folder ? [joinPath(folder.folder, path)] : [];
  });
  return emptyFolders.filter((submodule) => places.some((place) => place.startsWith(`${submodule}/`)));
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
