import type { AuditFinding } from '../audit-finding.js';
import { known } from '../known-parts.js';
import type { CacheUse } from '../workflow-build.js';
import type { AuditedBuild } from './find-missed-inputs.js';

/** Finds caches that builds of different images write: each write throws away what the others had. */
export function findSharedCaches(builds: readonly AuditedBuild[]): AuditFinding[] {
  const uses = builds.flatMap(({ build, image }) =>
    build.cacheTo.flatMap((use) => {
      const cache = cacheOf(use);
      return cache === undefined ? [] : [{ ...use, cache, image: image.id }];
    }),
  );
  const caches = [...new Set(uses.map(({ cache }) => cache))];
  return caches.flatMap((cache) => {
    const own = uses.filter((use) => use.cache === cache);
    const images = [...new Set(own.map(({ image }) => image))];
    if (images.length < 2) return [];
    const places = new Map(own.map((use) => [`${use.place.file}:${use.place.line}`, use]));
    return [...places.values()].map((use) => toFinding(use, { cache, images }));
  });
}

/** What tells one cache from another; `undefined` for those that are not shared, or not known. */
function cacheOf({ text }: CacheUse): string | undefined {
  const fields = Object.fromEntries(text.split(',').map((field) => splitOnce(field.trim())));
  if (known(text) === undefined) return undefined;
  if (fields.type === 'gha') return `the scope ${fields.scope ?? 'buildkit'} of GitHub's cache`;
  return fields.type === 'registry' && fields.ref ? `the cache ${fields.ref}` : undefined;
}

function splitOnce(field: string): [string, string] {
  const at = field.indexOf('=');
  return at < 0 ? ['ref', field] : [field.slice(0, at), field.slice(at + 1)];
}

function toFinding(
  { text, place }: CacheUse,
  given: { cache: string; images: readonly string[] },
): AuditFinding {
  const isDefault = /type=gha/.test(text) && !/scope=/.test(text);
  return {
    rule: 'cache-shared',
    severity: 'warning',
    place,
    message: `${given.images.join(', ')} write ${given.cache}, of which only the last one is kept`,
    fix: isDefault ? 'add scope=<image> to cache-to and cache-from' : 'give each image a cache of its own',
  };
}
