import { compileDockerignore } from '../../core/dockerfile/compile-dockerignore.js';
import { joinPath, relativePath } from '../../core/image/context-folder.js';
import type { ContextRead } from '../../core/image/evaluation.js';
import type { FileIndex } from '../../core/image/file-index.js';
import type { BuildFile } from '../../core/image/list-build-files.js';
import { filesBelow } from '../../core/image/sorted-files.js';
import type { Image } from '../../nx/image.js';
import { imageFiles } from '../../nx/image-inputs.js';

/** The files of a build. */
export interface PlanFiles {
  /** Those that are copied or mounted; one list for all images that read the same. */
  readonly files: readonly BuildFile[];
  /** True for these, and for the Dockerfile and its ignore files. */
  has(path: string): boolean;
  /** The instruction that reads a file. */
  readOf(path: string): ContextRead | undefined;
}

/** How many files are remembered: a list of each image of a large workspace would not fit into memory. */
const mostRemembered = 500_000;

interface Listing {
  readonly files: readonly BuildFile[];
  readonly byPath: ReadonlyMap<string, BuildFile>;
  /** Of the image that was listed first. */
  readonly reads: readonly ContextRead[];
}

/** Lists the files of builds in one commit. Images that read the same of the same context are listed once. */
export function planFilesReader(commitIndex: FileIndex): (image: Image) => PlanFiles {
  const index = withSubmodules(commitIndex);
  const known = new Map<string, Listing>();
  let remembered = 0;

  function list(image: Image): Listing {
    const key = keyOf(image);
    const found = known.get(key);
    if (found) return found;
    const files = isBroken(image) ? wholeContexts(image, index) : readFiles(image, index);
    const byPath = new Map(files.map((file) => [file.path, file]));
    const listing = { files, byPath, reads: image.evaluation.reads };
    if (remembered > mostRemembered) {
      known.clear();
      remembered = 0;
    }
    known.set(key, listing);
    remembered += files.length;
    return listing;
  }

  return (image) => {
    const { files, byPath, reads } = list(image);
    const always = [image.mainContext, ...Object.values(image.namedFolders)].map(
      ({ ignoreFile }) => ignoreFile?.path,
    );
    return {
      files,
      has: (path) => path === image.dockerfilePath || always.includes(path) || byPath.has(path),
      readOf(path) {
        const read = byPath.get(path)?.uses[0]?.reads[0];
        return read && image.evaluation.reads[reads.indexOf(read)];
      },
    };
  };
}

export function isBroken({ problems }: Image): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** All that decides which files are read. */
function keyOf(image: Image): string {
  const { mainContext, namedFolders, evaluation } = image;
  const reads = evaluation.reads.map(({ kind: _, place: __, text: ___, ...read }) => read);
  const { contextPaths, namedContextPaths, usedContexts } = evaluation;
  return JSON.stringify([
    isBroken(image),
    mainContext,
    namedFolders,
    reads,
    contextPaths,
    namedContextPaths,
    usedContexts,
  ]);
}

function readFiles(image: Image, index: FileIndex): readonly BuildFile[] {
  const files = imageFiles(image, index).files.filter(({ uses }) => uses.length > 0);
  const known = new Set(files.map(({ path }) => path));
  const inside = submodulesAround(image, index).filter((path) => !known.has(path));
  return [...files, ...inside.map((path) => fileAt(path, [{ path, reads: [] }], index))];
}

/** What a Dockerfile with an error reads is not known: all that it could. */
function wholeContexts(image: Image, index: FileIndex): BuildFile[] {
  const uses = new Map<string, BuildFile['uses']>();
  for (const [key, { folder, ignoreFile }] of [
    [undefined, image.mainContext] as const,
    ...Object.entries(image.namedFolders),
  ]) {
    const ignore = compileDockerignore(ignoreFile?.text ?? '');
    for (const path of filesBelow(folder, index.paths)) {
      const inner = relativePath(folder, path);
      if (ignore(inner)) continue;
      const use = { path: inner, reads: [], ...(key !== undefined && { context: key }) };
      uses.set(path, [...(uses.get(path) ?? []), use]);
    }
  }
  return [...uses].map(([path, each]) => fileAt(path, each, index));
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

/** Submodules of which only a part is read. */
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
