import { parseImageRef } from '../image/parse-image-ref.js';
import { basesLabel } from './inputs-label.js';

/**
 * Labels that say what an image is built from.
 *
 * @param digests By normalised reference: `{ 'docker.io/library/node:20': 'sha256:…' }`.
 * @param own The one of them that the image itself is based on.
 */
export function baseLabels(digests: ReadonlyMap<string, string>, own?: string): Record<string, string> {
  if (digests.size === 0) return {};
  const digest = own === undefined ? undefined : digests.get(own);
  const entries = [...digests].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    [basesLabel]: JSON.stringify(Object.fromEntries(entries)),
    ...(own !== undefined && digest !== undefined && ownBaseLabels(own, digest)),
  };
}

/**
 * What other tools read of the one image that an image is based on:
 * https://github.com/opencontainers/image-spec/blob/main/annotations.md
 */
export function ownBaseLabels(imageRef: string, digest: string): Record<string, string> {
  return {
    'org.opencontainers.image.base.name': imageRef,
    'org.opencontainers.image.base.digest': digest,
  };
}

/** Reads what an image says it was built from, in the form of `baseLabels`; nothing where it does not say. */
export function parseBaseLabels(labels: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const entries = Object.entries(parseObject(labels[basesLabel] ?? ''));
  const right = entries.filter((entry): entry is [string, string] => {
    const [imageRef, digest] = entry;
    return parseImageRef(imageRef).ref !== undefined && /^sha256:[0-9a-f]{64}$/.test(String(digest));
  });
  return new Map(right);
}

function parseObject(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
