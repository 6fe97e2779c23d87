import type { Engine } from '../core/build/engine.js';
import { type LocalImage, parseLocalImages } from '../core/build/local-image.js';
import { readProcess } from './run-process.js';

/** Lists the images in an engine's own store that have a label, the newest first; none where the engine cannot say. */
export async function findLocalImages(engine: Engine, label: string): Promise<LocalImage[]> {
  const list = engine.kind === 'buildah' ? ['images'] : ['image', 'ls'];
  const { exitCode, stdout } = await readProcess({
    file: engine.file,
    args: [...list, '--quiet', '--no-trunc', '--filter', `label=${label}`],
    env: {},
  });
  // An image is listed once for each of its names.
  const ids = [...new Set(stdout.split('\n').map((line) => line.trim()))].filter(Boolean);
  return exitCode === 0 ? inspectLocalImages(engine, ids) : [];
}

/** What an engine's own store says of images, by name or id; one that is not there may hide the others. */
export async function inspectLocalImages(engine: Engine, names: readonly string[]): Promise<LocalImage[]> {
  if (names.length === 0) return [];
  if (engine.kind !== 'buildah') return inspect(engine, ['image', 'inspect', '--', ...names]);
  const images = await Promise.all(
    names.map((name) => inspect(engine, ['inspect', '--type', 'image', '--', name])),
  );
  return images.flat();
}

async function inspect({ file }: Engine, args: readonly string[]): Promise<LocalImage[]> {
  const { exitCode, stdout } = await readProcess({ file, args, env: {} });
  return exitCode === 0 ? parseLocalImages(stdout) : [];
}
