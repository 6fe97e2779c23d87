import type { BuildRequest } from '../../core/build/build-command.js';
import type { Engine } from '../../core/build/engine.js';
import { limitRequest } from '../../core/build/limit-request.js';
import { buildTag } from '../../core/registry/guard-tag.js';
import { readAbilities } from '../../host/read-abilities.js';

/** The request as the engine can do it; what is left out is said on standard error. */
export async function limitToEngine(
  { request, inputDigest }: { request: BuildRequest; inputDigest: string },
  engine: Engine,
): Promise<BuildRequest> {
  const { cacheFrom = [], cacheTo = [], annotations = [], provenance, sbom, push } = request;
  const needsNothing =
    cacheFrom.length + cacheTo.length + annotations.length === 0 &&
    provenance === undefined &&
    !sbom &&
    push === undefined;
  if (needsNothing) return request;
  const abilities = await readAbilities(engine);
  // The same inputs, the same name: what is built again takes the place of what it equals.
  const limited = limitRequest(request, { engine, abilities, pushTag: buildTag(inputDigest) });
  for (const warning of limited.warnings) console.warn(`warning: ${warning}`);
  return limited.request;
}
