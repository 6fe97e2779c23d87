import type { ExecutorContext } from '@nx/devkit';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { makeInEngine } from './make-in-engine.js';
import { makeInRegistry } from './make-in-registry.js';
import { prepareBuild } from './prepare-build.js';
import { resolveBases } from './resolve-bases.js';
import { withSource } from './with-source.js';
import { writeRecord } from './write-record.js';

/** Prepares a build, asks for an image that makes it needless, else runs it, and leaves its record. */
export async function makeImage(options: BuildExecutorOptions, context: ExecutorContext): Promise<void> {
  const { root } = context;
  const prepared = await prepareBuild(options, context);
  const sourced = await withSource(prepared, options, context);
  const build = options.refreshBases ? await resolveBases(sourced, options, root) : sourced;
  const start = performance.now();
  const make = build.request.push === undefined ? makeInEngine : makeInRegistry;
  const made = await make(build, options, root);
  writeRecord(build, root, { ...made, duration: Math.round(performance.now() - start) });
}
