import type { ExecutorContext } from '@nx/devkit';
import { findEngine } from '../../host/find-engine.js';
import { openRegistry } from '../../host/registry/open-registry.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { limitToEngine } from './limit-to-engine.js';
import { prepareBuild } from './prepare-build.js';
import { readPushed } from './read-pushed.js';
import { requireBases } from './require-bases.js';
import { runBuild } from './run-build.js';
import { withSource } from './with-source.js';
import { writeRecord } from './write-record.js';

/** Prepares a build, runs it, and leaves its record. */
export async function makeImage(
  options: BuildExecutorOptions,
  { root, ...context }: ExecutorContext,
): Promise<void> {
  const prepared = await prepareBuild(options, { root, ...context });
  const engine = await findEngine();
  const { request, revision } = await withSource(prepared, options, root);
  const limited = await limitToEngine({ ...prepared, request }, engine);
  await requireBases(prepared.bases, engine);
  // A registry that will refuse in the end is better asked before the build.
  if (limited.push !== undefined) await openRegistry(prepared.image.image).requirePush();
  const start = performance.now();
  const result = await runBuild(limited, engine, root);
  const pushed = await readPushed(limited, { repository: prepared.image.image, digest: result.digest });
  const duration = Math.round(performance.now() - start);
  writeRecord(prepared, root, { ...limited, ...result, ...pushed, revision, duration });
}
