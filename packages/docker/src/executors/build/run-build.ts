import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildRequest, buildCommand, pushCommands } from '../../core/build/build-command.js';
import { type BuildResult, parseBuildResult } from '../../core/build/build-result.js';
import type { Engine } from '../../core/build/engine.js';
import { runProcess } from '../../host/run-process.js';

/**
 * Lets the engine build, and push where that is a step of its own. What it prints is shown.
 *
 * @throws DockerPluginError ENGINE_FAILED
 */
export async function runBuild(request: BuildRequest, engine: Engine, cwd: string): Promise<BuildResult> {
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-'));
  try {
    const resultFile = join(folder, 'result');
    await runCommands({ ...request, resultFile }, engine, cwd);
    return parseBuildResult(readFileSync(resultFile, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runCommands(request: BuildRequest, engine: Engine, cwd: string): Promise<void> {
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
