/**
 * The public API: pure functions and types that read no file, run no process and ask no clock, and beside them the
 * plugin's entry, so that nx.json may name the package itself. `@moltbook/docker/plugin` loads less.
 */

export type { BuildRequest, SecretSource } from './core/build/build-command.js';
export { buildCommand } from './core/build/build-command.js';
export type { Command } from './core/build/command.js';
export { formatCommand } from './core/build/command.js';
export type { Engine } from './core/build/engine.js';
export type { PublishedRecord } from './core/build/published-record.js';
export type { Dockerignore } from './core/dockerfile/compile-dockerignore.js';
export { compileDockerignore } from './core/dockerfile/compile-dockerignore.js';
export type { Dockerfile, Heredoc, Instruction, Stage } from './core/dockerfile/dockerfile.js';
export { expandWord } from './core/dockerfile/expand-word.js';
export { compileFilepath, hasFilepathWildcard, matchFilepath } from './core/dockerfile/match-filepath.js';
export { parseDockerfile } from './core/dockerfile/parse-dockerfile.js';
export type { IgnoreRule, ParsedDockerignore } from './core/dockerfile/parse-dockerignore.js';
export { parseDockerignore } from './core/dockerfile/parse-dockerignore.js';
export type { Place, Problem, ProblemCode } from './core/errors.js';
export { DockerPluginError, formatProblem, problemCodes } from './core/errors.js';
export { adviseDockerfile } from './core/image/advise-dockerfile.js';
export type { InputDigestOptions } from './core/image/compute-input-digest.js';
export { computeInputDigest } from './core/image/compute-input-digest.js';
export type { ContextFolder } from './core/image/context-folder.js';
export { ignoreFileCandidates } from './core/image/context-folder.js';
export type { EvaluateOptions } from './core/image/evaluate-dockerfile.js';
export { evaluateDockerfile } from './core/image/evaluate-dockerfile.js';
export type { ContextRead, Evaluation, ImageUse, RemoteSource } from './core/image/evaluation.js';
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
export { addImages } from './core/manifest/add-images.js';
export type { Edit } from './core/manifest/apply-edits.js';
export type { FindImagesOptions, FoundImages } from './core/manifest/find-images.js';
export { findImages } from './core/manifest/find-images.js';
export type {
  ImageField,
  ImageForm,
  ImageLayer,
  ImageScalar,
  ImageScalars,
} from './core/manifest/image-field.js';
export type { ImageEdit, SetImagesOptions, SetImagesResult } from './core/manifest/set-images.js';
export { setImages } from './core/manifest/set-images.js';
export type { Decision, Trigger, TriggerEvent } from './core/path-filter/decide-run.js';
export { decideRun } from './core/path-filter/decide-run.js';
export { matchPathFilter } from './core/path-filter/match-path-filter.js';
export type { Plan, PlanEvent, PlanJob, PlannedImage } from './core/plan/plan.js';
export type { WaveEdge } from './core/plan/plan-waves.js';
export { planWaves } from './core/plan/plan-waves.js';
export type { AnnotationLevel, ComputedTags, TagOptions } from './core/tags/compute-tags.js';
export { computeTags } from './core/tags/compute-tags.js';
export { defaultFlavor, defaultTagRules } from './core/tags/default-tag-rules.js';
export type { RepositoryFacts, TagFacts } from './core/tags/facts.js';
export type { GitFacts, TagFactsOptions } from './core/tags/tag-facts.js';
export { tagFacts } from './core/tags/tag-facts.js';
export { createDependencies, createNodes, createNodesV2, name } from './plugin.js';
