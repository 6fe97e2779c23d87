import { byPlace } from '../core/dockerfile/source-problem.js';
import type { Problem } from '../core/errors.js';
import { adviseContext } from '../core/image/advise-context.js';
import { adviseDockerfile } from '../core/image/advise-dockerfile.js';
import { type FileFact, indexFiles } from '../core/image/file-index.js';
import type { BuildFile } from '../core/image/list-build-files.js';
import { fileAndLine } from '../core/report/file-and-line.js';
import type {
  BaseImageReport,
  DownloadReport,
  FileEntry,
  ImageReport,
  ReadReport,
} from '../core/report/image-report.js';
import { imageFiles } from './image-inputs.js';
import { imageId, type WorkspaceImage } from './workspace-images.js';

/** A file on disk with its size in bytes. */
export type SizedFile = FileFact & { readonly size: number };

export interface DiskFacts {
  /** The files at the places that the image reads from. */
  readonly read: readonly SizedFile[];
  /** Every file of its build context that no ignore rule keeps out. */
  readonly context: readonly SizedFile[];
  /** All files of the workspace, to tell what was meant by a source that is not there. */
  readonly workspace: readonly string[];
  /** Ignore files that are in effect for no image. */
  readonly unreadIgnoreFiles: readonly string[];
}

/** Describes an image with the files that are on disk now. */
export function reportImage(workspaceImage: WorkspaceImage, disk: DiskFacts): ImageReport {
  const { image, producers } = workspaceImage;
  const { files } = imageFiles(image, indexFiles(disk.read));
  const sizes = new Map(disk.read.map(({ path, size }) => [path, size]));
  const sizeOf = ({ path }: { path: string }) => sizes.get(path) ?? 0;
  return {
    kind: 'image',
    id: imageId(image),
    project: image.projectName,
    target: image.targetName,
    image: image.image,
    dockerfile: image.dockerfilePath,
    buildContext: {
      folder: image.buildContext,
      reason: image.contextReason,
      ignoreFile: image.mainContext.ignoreFile?.path ?? null,
      files: disk.context.length,
      bytes: sum(disk.context.map(({ size }) => size)),
    },
    stages: stages(workspaceImage),
    baseImages: baseImages(workspaceImage),
    downloads: downloads(image),
    producers: producers.map((producer) => `${producer.projectName}:${producer.targetName}`),
    reads: reads(files, sizeOf, image.evaluation.reads),
    files: files.map((file) => fileEntry(file, sizeOf(file))),
    bytes: sum(files.map(sizeOf)),
    problems: imageProblems(workspaceImage, { ...disk, files, readBytes: sum(files.map(sizeOf)) }),
  };
}

function imageProblems(
  { image, problems }: WorkspaceImage,
  given: DiskFacts & { files: readonly BuildFile[]; readBytes: number },
): Problem[] {
  const { files, readBytes, unreadIgnoreFiles } = given;
  const context = { files: given.context.length, bytes: sum(given.context.map(({ size }) => size)) };
  return sortProblems([
    ...problems,
    ...sourceProblems(image, given),
    ...adviseDockerfile(image.dockerfile, image.evaluation),
    ...adviseContext({ ...image, context, readBytes, files, unreadIgnoreFiles }),
  ]);
}

/** Only the names of all other files can tell which one was meant. */
function sourceProblems(image: WorkspaceImage['image'], { read, workspace }: DiskFacts): readonly Problem[] {
  const { problems } = imageFiles(image, indexFiles(read));
  if (problems.length === 0) return [];
  const known = new Set(read.map(({ path }) => path));
  const others = workspace.filter((path) => !known.has(path)).map((path) => ({ path }));
  return imageFiles(image, indexFiles([...read, ...others])).problems;
}

/** Errors first, then in source order, and each once. */
function sortProblems(problems: readonly Problem[]): Problem[] {
  const distinct = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  return distinct.sort(
    (a, b) => Number(b.severity === 'error') - Number(a.severity === 'error') || byPlace(a, b),
  );
}

function stages({ image }: WorkspaceImage): ImageReport['stages'] {
  const { targetStage, reachableStages } = image.evaluation;
  return image.dockerfile.stages.map(({ index, name, base }) => ({
    index,
    name,
    base,
    isBuilt: reachableStages.includes(index),
    isTarget: index === targetStage,
  }));
}

function baseImages({ image, bases }: WorkspaceImage): BaseImageReport[] {
  const names = [...new Set(image.evaluation.images.map(({ text }) => text))];
  return names.map((imageRef) => {
    const uses = image.evaluation.images.filter(({ text }) => text === imageRef);
    const base = bases.find((each) => each.uses.some(({ text }) => text === imageRef));
    return {
      imageRef,
      uses: uses.map(({ how, place }) => ({ how, place: fileAndLine(place) })),
      builtBy: base ? imageId(base.image) : null,
    };
  });
}

function downloads({ evaluation: { http, git } }: WorkspaceImage['image']): DownloadReport[] {
  return [...http, ...git]
    .sort(byPlace)
    .map(({ url, pinned, place }) => ({ url, isPinned: pinned, place: fileAndLine(place) }));
}

function reads(
  files: readonly BuildFile[],
  sizeOf: (file: BuildFile) => number,
  all: WorkspaceImage['image']['evaluation']['reads'],
): ReadReport[] {
  return all.map((read) => {
    const own = files.filter(({ uses }) => uses.some((use) => use.reads.includes(read)));
    return {
      place: fileAndLine(read.place),
      kind: read.kind === 'bind' ? 'RUN --mount' : read.kind,
      source: read.text,
      context: read.context ?? null,
      files: own.length,
      bytes: sum(own.map(sizeOf)),
      widened: read.widened ?? null,
    };
  });
}

function fileEntry({ path, mode, role, uses }: BuildFile, bytes: number): FileEntry {
  const readBy = [...new Set(uses.flatMap((use) => use.reads.map(({ place }) => fileAndLine(place))))];
  return { path, bytes, mode, role: role ?? null, readBy };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
