import type { ImageUse } from '../image/evaluation.js';
import { formatImageRef } from '../image/format-image-ref.js';
import { parseImageRef } from '../image/parse-image-ref.js';
import type { BuildRequest } from './build-command.js';
import type { Engine } from './engine.js';

/**
 * Lets a build start from base images by the digests that are known of them, so that it takes no other that the engine
 * has, gets from a mirror, or that comes in between. An engine without named contexts is told to ask for newer ones.
 *
 * @param digests By normalised reference: `docker.io/library/node:20`.
 * @param uses Where the Dockerfile names images; its own words are the names of the contexts.
 */
export function pinBases(
  request: BuildRequest,
  { digests, uses, engine }: PinnedBases & { readonly engine: Engine },
): BuildRequest {
  if (digests.size === 0) return request;
  if (engine.kind === 'docker') return { ...request, pull: true };
  const pins = uses.flatMap(({ text, imageRef }) => {
    const digest = digests.get(imageRef);
    const { ref } = parseImageRef(imageRef);
    if (digest === undefined || !ref) return [];
    const { domain, path } = ref;
    return [[text, `docker-image://${formatImageRef({ domain, path, digest })}`] as const];
  });
  return { ...request, namedContexts: { ...request.namedContexts, ...Object.fromEntries(pins) } };
}

export interface PinnedBases {
  readonly digests: ReadonlyMap<string, string>;
  readonly uses: readonly ImageUse[];
}
