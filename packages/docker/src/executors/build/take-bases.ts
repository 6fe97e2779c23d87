import type { Engine } from '../../core/build/engine.js';
import { pinBases } from '../../core/build/pin-bases.js';
import type { ResolvedBuild } from './resolve-bases.js';

/** The build as it takes the base images that its labels name, and no others. */
export function takeBases(build: ResolvedBuild, engine: Engine): ResolvedBuild {
  const { baseDigests: digests = new Map<string, string>(), image, request } = build;
  const { syntax } = image.dockerfile.directives;
  const uses = image.evaluation.images;
  return { ...build, request: pinBases(request, { digests, uses, syntax, engine }) };
}
