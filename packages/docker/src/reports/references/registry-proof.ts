import { splitRef } from '../../core/manifest/loose-ref.js';
import { openRegistry, type Registry } from '../../host/registry/open-registry.js';
import { type Patience, proofPatience } from '../../host/registry/send-request.js';

/** Makes a function that asks registries which digest they have under a reference; nothing where it is not there. */
export function registryProof(
  patience: Patience = proofPatience,
): (imageRef: string) => Promise<string | undefined> {
  const registries = new Map<string, Registry>();
  return async (imageRef) => {
    const { name, tag, digest } = splitRef(imageRef);
    const registry = registries.get(name) ?? openRegistry(name, patience);
    registries.set(name, registry);
    return (await registry.head(digest ?? tag ?? 'latest'))?.digest;
  };
}
