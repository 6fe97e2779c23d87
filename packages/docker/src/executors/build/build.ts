import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { checkBase } from '../../core/build/base-contexts.js';
import { type BuildRequest, buildCommand } from '../../core/build/build-command.js';
import { parseBuildResult } from '../../core/build/build-result.js';
import { formatCommand } from '../../core/build/command.js';
import type { Engine } from '../../core/build/engine.js';
import { formatPublishedRecord } from '../../core/build/published-record.js';
import { DockerPluginError } from '../../core/errors.js';
import { findEngine } from '../../host/find-engine.js';
import { readImageId } from '../../host/read-image-id.js';
import { runProcess } from '../../host/run-process.js';
import { writeFileWhole } from '../../host/write-file.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { recordPath } from '../../nx/docker-target.js';
import { type PreparedBuild, prepareBuild } from './prepare-build.js';

/** Builds one image. Known errors are printed short; anything else is a bug and is thrown with its stack. */
export default async function build(
  options: BuildExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  try {
    if (options.print) await printCommand(options, context);
    else await buildImage(options, context);
    return { success: true };
  } catch (error) {
    if (!(error instanceof DockerPluginError)) throw error;
    console.error(`\n${error.message}\n`);
    return { success: false };
  }
}

/** The command as it would run, without the file for the record, which only lives as long as a build. */
async function printCommand(options: BuildExecutorOptions, context: ExecutorContext): Promise<void> {
  const { request } = await prepareBuild(options, context);
  console.log(formatCommand(buildCommand(request, await findEngine())));
}

async function buildImage(options: BuildExecutorOptions, context: ExecutorContext): Promise<void> {
  const prepared = await prepareBuild(options, context);
  const engine = await findEngine();
  await requireBases(prepared, engine);
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-'));
  try {
    const request = { ...prepared.request, resultFile: join(folder, 'result') };
    console.log(`${engine.description}: building ${request.imageRefs.join(', ')}`);
    const start = performance.now();
    await runProcess(buildCommand(request, engine), {
      cwd: context.root,
      failure: {
        code: 'ENGINE_FAILED',
        what: `${engine.description} could not build ${options.dockerfile}`,
        fix: "mend the step that the engine's output above names",
      },
    });
    const duration = Math.round(performance.now() - start);
    writeRecord(prepared, context, { request, duration, resultFile: request.resultFile });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function requireBases({ bases }: PreparedBuild, engine: Engine): Promise<void> {
  const ids = await Promise.all(bases.map(({ imageRef }) => readImageId(engine, imageRef)));
  const problems = bases.flatMap((base, index) => checkBase(base, ids[index]));
  if (problems.length > 0) throw new DockerPluginError(problems);
}

function writeRecord(
  { image, inputDigest }: PreparedBuild,
  context: ExecutorContext,
  { request, duration, resultFile }: { request: BuildRequest; duration: number; resultFile: string },
): void {
  const [imageRef = image.image] = request.imageRefs;
  const path = recordPath(image.projectName, image.targetName);
  const record = formatPublishedRecord({
    version: 1,
    project: image.projectName,
    target: image.targetName,
    image: image.image,
    imageRef,
    tags: request.imageRefs.map((ref) => ref.slice(image.image.length + 1)),
    ...parseBuildResult(readFileSync(resultFile, 'utf8')),
    inputDigest,
    platforms: request.platforms ?? [],
    duration,
  });
  writeFileWhole(join(context.root, path), record);
  console.log(`${imageRef} is built; its record is ${path}`);
}
