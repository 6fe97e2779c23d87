import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { type BuildRequest, buildCommand } from '../../core/build/build-command.js';
import { parseBuildResult } from '../../core/build/build-result.js';
import { formatCommand } from '../../core/build/command.js';
import { formatPublishedRecord } from '../../core/build/published-record.js';
import { DockerPluginError } from '../../core/errors.js';
import { findEngine } from '../../host/find-engine.js';
import { findSecrets } from '../../host/find-secrets.js';
import { runProcess } from '../../host/run-process.js';
import { writeFileWhole } from '../../host/write-file.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { recordPath } from '../../nx/docker-target.js';

/** Builds one image. Known errors are printed short; anything else is a bug and is thrown with its stack. */
export default async function build(
  options: BuildExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  try {
    await buildImage(options, context);
    return { success: true };
  } catch (error) {
    if (!(error instanceof DockerPluginError)) throw error;
    console.error(`\n${error.message}\n`);
    return { success: false };
  }
}

async function buildImage(options: BuildExecutorOptions, context: ExecutorContext): Promise<void> {
  const engine = await findEngine();
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-'));
  try {
    const request = buildRequest(options, context.root, join(folder, 'result'));
    const command = buildCommand(request, engine);
    if (options.print) return console.log(formatCommand(command));
    console.log(`${engine.description}: building ${request.imageRefs.join(', ')}`);
    const start = performance.now();
    await runProcess(command, {
      cwd: context.root,
      failure: {
        code: 'ENGINE_FAILED',
        what: `${engine.description} could not build ${options.dockerfile}`,
        fix: "mend the step that the engine's output above names",
      },
    });
    writeRecord(options, context, { request, duration: Math.round(performance.now() - start) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function buildRequest(options: BuildExecutorOptions, root: string, resultFile: string): BuildRequest {
  const tags = options.tags ?? ['local'];
  return {
    dockerfilePath: options.dockerfile,
    buildContext: options.buildContext,
    imageRefs: tags.map((tag) => `${options.image}:${tag}`),
    buildArgs: options.buildArgs ?? {},
    platforms: options.platforms ?? [],
    secrets: findSecrets(options.secrets ?? [], root),
    namedContexts: options.namedContexts ?? {},
    ...(options.targetStage !== undefined && { targetStage: options.targetStage }),
    ...(options.noCache && { noCache: true }),
    ...(options.pull && { pull: true }),
    ...(options.progress !== undefined && { progress: options.progress }),
    resultFile,
  };
}

function writeRecord(
  options: BuildExecutorOptions,
  context: ExecutorContext,
  { request, duration }: { request: BuildRequest; duration: number },
): void {
  const project = context.projectName ?? '';
  const target = context.targetName ?? 'docker-build';
  const [imageRef = options.image] = request.imageRefs;
  const path = recordPath(project, target);
  const record = formatPublishedRecord({
    version: 1,
    project,
    target,
    image: options.image,
    imageRef,
    tags: options.tags ?? ['local'],
    ...parseBuildResult(readFileSync(request.resultFile, 'utf8')),
    platforms: request.platforms ?? [],
    duration,
  });
  writeFileWhole(join(context.root, path), record);
  console.log(`${imageRef} is built; its record is ${path}`);
}
