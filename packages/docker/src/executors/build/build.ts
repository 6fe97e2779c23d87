import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { type BuildRequest, buildCommand, pushCommands } from '../../core/build/build-command.js';
import { parseBuildResult } from '../../core/build/build-result.js';
import { formatCommand } from '../../core/build/command.js';
import type { Engine } from '../../core/build/engine.js';
import { DockerPluginError } from '../../core/errors.js';
import { findEngine } from '../../host/find-engine.js';
import { openRegistry } from '../../host/registry/open-registry.js';
import { runProcess } from '../../host/run-process.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { limitToEngine } from './limit-to-engine.js';
import { prepareBuild } from './prepare-build.js';
import { readPushed } from './read-pushed.js';
import { requireBases } from './require-bases.js';
import { withSource } from './with-source.js';
import { writeRecord } from './write-record.js';

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

/** The commands as they would run, without the file for the record, which only lives as long as a build. */
async function printCommand(options: BuildExecutorOptions, context: ExecutorContext): Promise<void> {
  const prepared = await prepareBuild(options, context);
  const { request } = await withSource(prepared, options, context.root);
  const answering = await findEngine().catch(sayThatNoneAnswers);
  const engine = answering ?? assumedEngine;
  const limited = answering ? await limitToEngine({ ...prepared, request }, answering) : request;
  for (const command of [buildCommand(limited, engine), ...pushCommands(limited, engine)])
    console.log(formatCommand(command));
}

/** A command can be shown where none could run. */
const assumedEngine: Engine = { kind: 'buildx', file: 'docker', description: 'Docker with buildx' };

function sayThatNoneAnswers(error: unknown): undefined {
  if (!(error instanceof DockerPluginError)) throw error;
  console.warn(`No engine answers here; this is the command for ${assumedEngine.description}.`);
}

async function buildImage(options: BuildExecutorOptions, context: ExecutorContext): Promise<void> {
  const prepared = await prepareBuild(options, context);
  const engine = await findEngine();
  const { request, revision } = await withSource(prepared, options, context.root);
  const limited = await limitToEngine({ ...prepared, request }, engine);
  await requireBases(prepared.bases, engine);
  // A registry that will refuse in the end is better asked before the build.
  if (limited.push !== undefined) await openRegistry(prepared.image.image).requirePush();
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-'));
  try {
    const resultFile = join(folder, 'result');
    const start = performance.now();
    await runBuild({ ...limited, resultFile }, engine, context.root);
    const result = parseBuildResult(readFileSync(resultFile, 'utf8'));
    const pushed = await readPushed(limited, { repository: prepared.image.image, digest: result.digest });
    const duration = Math.round(performance.now() - start);
    writeRecord(prepared, context.root, { ...limited, ...result, ...pushed, revision, duration });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runBuild(request: BuildRequest, engine: Engine, cwd: string): Promise<void> {
  const { resultFile: _, ...shown } = request;
  const { dockerfilePath, imageRefs } = request;
  console.log(`${engine.description}: building ${imageRefs.join(', ')}`);
  await runProcess(buildCommand(request, engine), {
    cwd,
    failure: {
      code: 'ENGINE_FAILED',
      what: `${engine.description} could not build ${dockerfilePath}`,
      fix: "mend the step that the engine's output above names",
      shown: buildCommand(shown, engine),
    },
  });
  for (const command of pushCommands(request, engine)) {
    await runProcess(command, {
      cwd,
      failure: {
        code: 'ENGINE_FAILED',
        what: `${engine.description} could not push what it built`,
        fix: "mend what the engine's output above names",
      },
    });
  }
}
