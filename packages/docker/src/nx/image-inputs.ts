import { compileDockerignore } from '../core/dockerfile/compile-dockerignore.js';
import { type ContextFolder, ignoreFileCandidates, joinPath } from '../core/image/context-folder.js';
import type { ContextRead } from '../core/image/evaluation.js';
import { type FileIndex, hasPath } from '../core/image/file-index.js';
import { type InputPatterns, inputPatterns } from '../core/image/input-patterns.js';
import type { ReadContext } from '../core/image/input-regions.js';
import {
  type BuildFiles,
  type ImageSource,
  listBuildFiles,
  listBuildPaths,
} from '../core/image/list-build-files.js';
import { selectRead } from '../core/image/select-read.js';
import { type SentFiles, sentFiles } from '../core/image/sent-files.js';
import type { Image } from './image.js';

/** The files an image is built from, and problems with its sources. */
export function imageFiles(image: Image, index: FileIndex): BuildFiles {
  return listBuildFiles(imageSource(image), index);
}

function imageSource({ dockerfile, evaluation, mainContext, namedFolders }: Image): ImageSource {
  return { dockerfile, evaluation, buildContext: mainContext, namedContexts: namedFolders };
}

/**
 * The patterns of all that can change an image: its own build inputs, and those of the images of this workspace that
 * it is built from, since a new base is a new image.
 */
export function imageInputs(image: Image, bases: readonly Image[], index: FileIndex): InputPatterns {
  const images = [image, ...bases];
  const inputs = new Set<string>();
  for (const each of images) for (const path of listBuildPaths(imageSource(each), index)) inputs.add(path);
  return inputPatterns({
    contexts: images.flatMap((each) => readContexts(each, index)),
    always: images.flatMap(alwaysInputs),
    files: index.paths,
    inputs,
  });
}

/** Sources that name one path which is not among the files: something has to make them before the build. */
export function absentSources(image: Image, index: FileIndex): string[] {
  return readContexts(image, index).flatMap(({ folder, ignore, reads }) =>
    reads
      .filter((read) => read.match === 'literal' && !ignore(read.path))
      .map((read) => joinPath(folder, read.path))
      .filter((path) => !hasPath(path, index)),
  );
}

/** An ignore file that would win over the one in effect counts as well: the day it is added, the build changes. */
function alwaysInputs({ dockerfilePath, mainContext, namedFolders }: Image): string[] {
  return [
    dockerfilePath,
    ...decisiveIgnoreFiles(mainContext, dockerfilePath),
    ...Object.values(namedFolders).flatMap((context) => decisiveIgnoreFiles(context)),
  ];
}

function decisiveIgnoreFiles({ folder, ignoreFile }: ContextFolder, dockerfilePath?: string): string[] {
  const candidates = ignoreFileCandidates(folder, dockerfilePath);
  const inEffect = ignoreFile ? candidates.indexOf(ignoreFile.path) : candidates.length;
  return candidates.slice(0, inEffect + 1);
}

function readContexts(
  { evaluation, mainContext, namedFolders, problems }: Image,
  index: FileIndex,
): ReadContext[] {
  const isBroken = problems.some(({ severity }) => severity === 'error');
  const folders: [string | undefined, ContextFolder][] = [
    [undefined, mainContext],
    ...Object.entries(namedFolders),
  ];
  return folders.map(([key, context]) => ({
    folder: context.folder,
    ignore: compileDockerignore(context.ignoreFile?.text ?? ''),
    reads: [
      ...evaluation.reads
        .filter((read) => read.context === key)
        .flatMap((read) => withFollowed(read, context, index)),
      // What a Dockerfile with an error would read is not known, so that anything may mend or change it.
      ...(isBroken && key === undefined ? [wholeContext] : []),
    ],
  }));
}

const wholeContext: ContextRead = {
  kind: 'COPY',
  path: '.',
  match: 'literal',
  exclude: [],
  place: { file: '', line: 1, column: 1 },
  text: '.',
};

/** A source behind a symlink reads the link and what it points to, and so does a symlink that a glob finds. */
function withFollowed(read: ContextRead, context: ContextFolder, index: FileIndex): ContextRead[] {
  const sent = sentFiles(context, index);
  const followed =
    read.match === 'literal' ? followLiteral(read.path, sent) : selectRead(read, sent).followed;
  return [read, ...followed.map((path): ContextRead => ({ ...read, path, match: 'literal' }))];
}

/** The same as by selectRead, without a look at what is below. */
function followLiteral(path: string, sent: SentFiles): readonly string[] {
  const target = sent.follow(path);
  return target.links.length === 0 ? [] : [target.path, ...target.links];
}
