import type { MergedManifest } from '../../core/registry/merge-platforms.js';
import type { Registry } from './open-registry.js';

/** Writes a manifest under a reference, unless it is there: some registries let no tag be written twice. */
export async function putReference(
  registry: Registry,
  reference: string,
  { digest, bytes, mediaType }: MergedManifest,
): Promise<void> {
  if ((await registry.head(reference))?.digest !== digest) await registry.put(reference, bytes, mediaType);
}
