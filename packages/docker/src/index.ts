/** The public API: pure functions and types. Nothing here reads a file, runs a process or asks a clock. */

export type { Dockerignore } from './core/dockerfile/compile-dockerignore.js';
export { compileDockerignore } from './core/dockerfile/compile-dockerignore.js';
export { compileFilepath, hasFilepathWildcard, matchFilepath } from './core/dockerfile/match-filepath.js';
export type { IgnoreRule, ParsedDockerignore } from './core/dockerfile/parse-dockerignore.js';
export { parseDockerignore } from './core/dockerfile/parse-dockerignore.js';
export type { Place, Problem, ProblemCode } from './core/errors.js';
export { DockerPluginError, formatProblem, problemCodes } from './core/errors.js';
export type { InputDigestOptions } from './core/image/compute-input-digest.js';
export { computeInputDigest } from './core/image/compute-input-digest.js';
export type { ContextFolder } from './core/image/context-folder.js';
export { ignoreFileCandidates } from './core/image/context-folder.js';
export type { FileFact, FileIndex } from './core/image/file-index.js';
export { indexFiles } from './core/image/file-index.js';
export {
  familiarImageRef,
  formatImageName,
  formatImageRef,
  resolveImageRef,
} from './core/image/format-image-ref.js';
export type { InferBuildContextOptions, InferredBuildContext } from './core/image/infer-build-context.js';
export { inferBuildContext } from './core/image/infer-build-context.js';
export type { BuildFile, BuildFiles, BuildFileUse, ImageSource } from './core/image/list-build-files.js';
export { listBuildFiles } from './core/image/list-build-files.js';
export type { ImageRef, ImageRefResult } from './core/image/parse-image-ref.js';
export { parseImageRef, parseImageRefAsWritten, parseImageRefOrId } from './core/image/parse-image-ref.js';
