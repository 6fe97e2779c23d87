import { type Engine, type EngineAbilities, engineAbilities } from '../core/build/engine.js';
import { readProcess } from './run-process.js';

/** Asks an engine what it can do beyond building; the builder is the one that `docker buildx build` would take. */
export async function readAbilities(engine: Engine): Promise<EngineAbilities> {
  const none = { driver: '', containerdStore: false };
  if (engine.kind !== 'buildx') return engineAbilities(engine, none);
  const [builder, info] = await Promise.all([
    readProcess({ file: engine.file, args: ['buildx', 'inspect'], env: {} }),
    readProcess({ file: engine.file, args: ['info', '--format', '{{json .DriverStatus}}'], env: {} }),
  ]);
  return engineAbilities(engine, {
    // What cannot be asked is taken for the one that can least.
    driver: /^Driver:\s*(\S+)/m.exec(builder.stdout)?.[1] ?? 'docker',
    containerdStore: info.stdout.includes('io.containerd.snapshotter'),
  });
}
