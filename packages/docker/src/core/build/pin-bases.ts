import type { ImageUse } from '../image/evaluation.js';
import { formatImageRef } from '../image/format-image-ref.js';
import { parseImageRef } from '../image/parse-image-ref.js';
import type { BuildRequest } from './build-command.js';
import type { Engine } from './engine.js';

export interface PinnedBases {
  /** By normalised reference: `docker.io/library/node:20`. */
  readonly digests: ReadonlyMap<string, string>;
  /** Where the Dockerfile names images; its own words are the names of the contexts. */
  readonly uses: readonly ImageUse[];
  /** What the `# syntax=` of the Dockerfile names. */
  readonly syntax?: string | undefined;
  readonly engine: Engine;
}

/**
 * Lets a build start from base images by the digests that are known of them, so that it takes no other that the engine
 * has, gets from a mirror, or that comes in between. Where there are no named contexts, the engine has to ask for newer
 * images instead.
 */
export function pinBases(request: BuildRequest, bases: PinnedBases): BuildRequest {
  const { digests, uses } = bases;
  if (digests.size === 0) return request;
  const { namedContexts = {} } = request;
  if (!takesContexts(bases) && Object.keys(namedContexts).length === 0) return { ...request, pull: true };
  const pins = uses.flatMap(({ text, imageRef }) => {
    const digest = digests.get(imageRef);
    const { ref } = parseImageRef(imageRef);
    if (digest === undefined || !ref) return [];
    const { domain, path } = ref;
    return [[text, `docker-image://${formatImageRef({ domain, path, digest })}`] as const];
  });
  return { ...request, namedContexts: { ...namedContexts, ...Object.fromEntries(pins) } };
}

/** Frontends before docker/dockerfile:1.4 refuse a build with named contexts, and others may do as they like. */
function takesContexts({ engine, syntax }: PinnedBases): boolean {
  if (engine.kind === 'docker') return false;
  if (syntax === undefined || engine.kind !== 'buildx') return true;
  const { ref } = parseImageRef(syntax);
  if (ref?.domain !== 'docker.io' || !/^docker\/dockerfile(?:-upstream)?$/.test(ref.path)) return false;
  const { tag = ref.digest === undefined ? 'latest' : '' } = ref;
  const [, major, minor = '4'] = /^(\d+)(?:\.(\d+))?/.exec(tag) ?? [];
  if (major === undefined) return /^(?:latest|labs|master)$/.test(tag);
  return Number(major) > 1 || Number(minor) >= 4;
}
