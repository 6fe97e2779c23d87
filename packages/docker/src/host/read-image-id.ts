import type { Engine } from '../core/build/engine.js';
import { readProcess } from './run-process.js';

/** The id that an engine's local store has for a name, `sha256:…`; `undefined` where it has no such image. */
export async function readImageId(engine: Engine, imageRef: string): Promise<string | undefined> {
  const format = engine.kind === 'buildah' ? '{{.FromImageID}}' : '{{.Id}}';
  const inspect = engine.kind === 'buildah' ? ['inspect', '--type', 'image'] : ['image', 'inspect'];
  const { exitCode, stdout } = await readProcess({
    file: engine.file,
    args: [...inspect, '--format', format, '--', imageRef],
    env: {},
  });
  const id = stdout.trim();
  if (exitCode !== 0 || id === '') return undefined;
  return id.startsWith('sha256:') ? id : `sha256:${id}`;
}
