import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { type BaseRecord, baseContexts, type ExpectedImage } from '../../core/build/base-contexts.js';
import type { BuildRequest } from '../../core/build/build-command.js';
import { DockerPluginError, formatProblem, type Problem } from '../../core/errors.js';
import type { BuildFile } from '../../core/image/list-build-files.js';
import { findSecrets } from '../../host/find-secrets.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { evaluateBuild } from '../../nx/evaluate-build.js';
import type { Image } from '../../nx/image.js';
import { diskBuildFiles, diskInputDigest } from '../../reports/images/disk-inputs.js';

export interface PreparedBuild {
  readonly image: Image;
  readonly request: BuildRequest;
  readonly inputDigest: string;
  /** All that is read. */
  readonly files: readonly BuildFile[];
  /** The base images that the engine has to have. */
  readonly bases: readonly ExpectedImage[];
}

/**
 * Reads all that a build depends on and turns it into a request. Warnings are printed; what would fail the build is
 * thrown before an engine is asked.
 */
export async function prepareBuild(
  options: BuildExecutorOptions,
  context: ExecutorContext,
): Promise<PreparedBuild> {
  const { root, projectName = '', targetName = 'docker-build' } = context;
  const projectRoot = context.projectsConfigurations.projects[projectName]?.root ?? '.';
  const task = { projectName, projectRoot, targetName };
  const image = evaluateBuild(options, task, (path) => readText(root, path));
  throwErrors(image.problems);
  const { files, problems: missing } = diskBuildFiles(root, image);
  const problems = [...image.problems, ...missing];
  throwErrors(problems);
  for (const problem of problems) console.warn(formatProblem(problem));
  const bases = baseContexts(readBases(options, root));
  const inputDigest = await diskInputDigest(root, image, { files, baseDigests: bases.digests });
  const request = toRequest(options, bases.namedContexts, root);
  return { image, inputDigest, files, request, bases: bases.expected };
}

function throwErrors(problems: readonly Problem[]): void {
  if (problems.some(({ severity }) => severity === 'error')) throw new DockerPluginError(problems);
}

/** What would be built can be printed before its bases are. */
function readBases({ bases = {}, print }: BuildExecutorOptions, root: string): BaseRecord[] {
  return Object.entries(bases).map(([reference, { image, record }]) => {
    const text =
      readText(root, record) ?? (print ? JSON.stringify({ imageRef: `${image}:local` }) : undefined);
    return { reference, recordPath: record, text };
  });
}

function toRequest(
  options: BuildExecutorOptions,
  baseContextsByName: Readonly<Record<string, string>>,
  root: string,
): BuildRequest {
  const { targetStage, buildArgs, platforms, noCache, pull, progress, provenance, sbom } = options;
  return {
    dockerfilePath: options.dockerfile,
    buildContext: options.buildContext,
    ...destination(options),
    buildArgs: buildArgs ?? {},
    cacheFrom: listOf(options.cacheFrom),
    cacheTo: listOf(options.cacheTo),
    platforms: platforms ?? [],
    secrets: findSecrets(options.secrets ?? [], root),
    namedContexts: { ...baseContextsByName, ...options.namedContexts },
    ...(targetStage !== undefined && { targetStage }),
    ...(noCache && { noCache }),
    ...(pull && { pull }),
    ...(progress !== undefined && { progress }),
    ...(provenance !== undefined && { provenance }),
    ...(sbom && { sbom }),
  };
}

/** What is pushed without tags gets no name: CI names all images of a commit once all are built. */
function destination({ image, tags, push }: BuildExecutorOptions): Pick<BuildRequest, 'imageRefs' | 'push'> {
  if (push && tags === undefined) return { imageRefs: [image], push: 'by-digest' };
  const imageRefs = (tags ?? ['local']).map((tag) => `${image}:${tag}`);
  return { imageRefs, ...(push && { push: 'by-name' as const }) };
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : (value ?? []);
}

function readText(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
