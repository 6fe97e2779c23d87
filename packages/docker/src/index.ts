/** The public API: pure functions and types. Nothing here reads a file, runs a process or asks a clock. */

export type { Dockerignore } from './core/dockerfile/compile-dockerignore.js';
export { compileDockerignore } from './core/dockerfile/compile-dockerignore.js';
export { compileFilepath, hasFilepathWildcard, matchFilepath } from './core/dockerfile/match-filepath.js';
export type { IgnoreRule, ParsedDockerignore } from './core/dockerfile/parse-dockerignore.js';
export { parseDockerignore } from './core/dockerfile/parse-dockerignore.js';
export type { Place, Problem, ProblemCode } from './core/errors.js';
export { DockerPluginError, formatProblem, problemCodes } from './core/errors.js';
export {
  familiarImageRef,
  formatImageName,
  formatImageRef,
  resolveImageRef,
} from './core/image/format-image-ref.js';
export type { ImageRef, ImageRefResult } from './core/image/parse-image-ref.js';
export { parseImageRef, parseImageRefAsWritten, parseImageRefOrId } from './core/image/parse-image-ref.js';
