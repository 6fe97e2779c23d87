import { compileDockerignore } from '../core/dockerfile/compile-dockerignore.js';
import type { Place, Problem } from '../core/errors.js';
import { adviseContext } from '../core/image/advise-context.js';
import { adviseDockerfile } from '../core/image/advise-dockerfile.js';
import { relativePath } from '../core/image/context-folder.js';
import { type FileFact, indexFiles } from '../core/image/file-index.js';
import type { BuildFile } from '../core/image/list-build-files.js';
import type {
  BaseImageReport,
  FileEntry,
  FileInImage,
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
  /** Ignore files of the workspace, for advice about those that nothing reads. */
  readonly ignoreFiles: readonly string[];
}

/** Describes an image with the files that are on disk now. */
export function reportImage(workspaceImage: WorkspaceImage, disk: DiskFacts): ImageReport {
  const { image, producers } = workspaceImage;
  const { files, problems } = imageFiles(image, indexFiles(disk.read));
  const sizes = new Map(disk.read.map(({ path, size }) => [path, size]));
  const sizeOf = ({ path }: { path: string }) => sizes.get(path) ?? 0;
  const context = { files: disk.context.length, bytes: sum(disk.context.map(({ size }) => size)) };
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
      ...context,
    },
    stages: stages(workspaceImage),
    baseImages: baseImages(workspaceImage),
    producers: producers.map((producer) => `${producer.projectName}:${producer.targetName}`),
    reads: reads(files, sizeOf, image.evaluation.reads),
    files: files.map((file) => fileEntry(file, sizeOf(file))),
    bytes: sum(files.map(sizeOf)),
    problems: distinct([
      ...workspaceImage.problems,
      ...problems,
      ...adviseDockerfile(image.dockerfile, image.evaluation),
      ...adviseContext({
        ...image,
        context,
        readBytes: sum(files.map(sizeOf)),
        files,
        ignoreFiles: disk.ignoreFiles,
      }),
    ]),
  };
}

/** Says what an image has to do with one file. */
export function reportFile({ image }: WorkspaceImage, path: string, disk: readonly SizedFile[]): FileInImage {
  const id = imageId(image);
  const file = imageFiles(image, indexFiles(disk)).files.find((each) => each.path === path);
  const nothing = { id, role: null, reads: [], rule: null };
  if (file) {
    const reads = file.uses
      .flatMap((use) => use.reads)
      .map(({ place, text }) => ({ place: at(place), source: text }));
    return { id, answer: 'read', role: file.role ?? null, reads, rule: null };
  }
  const { folder, ignoreFile } = image.mainContext;
  if (folder !== '.' && !path.startsWith(`${folder}/`)) return { ...nothing, answer: 'outside' };
  const ignore = compileDockerignore(ignoreFile?.text ?? '');
  const inside = relativePath(folder, path);
  if (!ignore(inside)) return { ...nothing, answer: 'unread' };
  const rule = ignore.ruleFor(inside);
  return {
    ...nothing,
    answer: 'ignored',
    rule: rule ? { place: `${ignoreFile?.path}:${rule.line}`, text: rule.text.trim() } : null,
  };
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
      uses: uses.map(({ how, place }) => ({ how, place: at(place) })),
      builtBy: base ? imageId(base.image) : null,
    };
  });
}

function reads(
  files: readonly BuildFile[],
  sizeOf: (file: BuildFile) => number,
  all: WorkspaceImage['image']['evaluation']['reads'],
): ReadReport[] {
  return all.map((read) => {
    const own = files.filter(({ uses }) => uses.some((use) => use.reads.includes(read)));
    return {
      place: at(read.place),
      kind: read.kind,
      source: read.text,
      files: own.length,
      bytes: sum(own.map(sizeOf)),
      widened: read.widened ?? null,
    };
  });
}

function fileEntry({ path, mode, role, uses }: BuildFile, bytes: number): FileEntry {
  const readBy = [...new Set(uses.flatMap((use) => use.reads.map(({ place }) => at(place))))];
  return { path, bytes, mode, role: role ?? null, readBy };
}

function at({ file, line }: Place): string {
  return `${file}:${line}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
