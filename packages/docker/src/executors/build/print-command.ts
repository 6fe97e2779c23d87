import type { ExecutorContext } from '@nx/devkit';
import { buildCommand, pushCommands } from '../../core/build/build-command.js';
import { formatCommand } from '../../core/build/command.js';
import type { Engine } from '../../core/build/engine.js';
import { DockerPluginError } from '../../core/errors.js';
import { findEngine } from '../../host/find-engine.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { limitToEngine } from './limit-to-engine.js';
import { prepareBuild } from './prepare-build.js';
import { withSource } from './with-source.js';

/** Prints the commands as they would run, without the file for the record, which only lives as long as a build. */
export async function printCommand(options: BuildExecutorOptions, context: ExecutorContext): Promise<void> {
  const prepared = await prepareBuild(options, context);
  const build = await withSource(prepared, options, context);
  const answering = await findEngine().catch(sayThatNoneAnswers);
  const engine = answering ?? assumedEngine;
  const limited = answering ? await limitToEngine(build, answering) : build.request;
  for (const command of [buildCommand(limited, engine), ...pushCommands(limited, engine)])
    console.log(formatCommand(command));
}

/** A command can be shown where none could run. */
const assumedEngine: Engine = { kind: 'buildx', file: 'docker', description: 'Docker with buildx' };

function sayThatNoneAnswers(error: unknown): undefined {
  if (!(error instanceof DockerPluginError)) throw error;
  console.warn(`No engine answers here; this is the command for ${assumedEngine.description}.`);
}
