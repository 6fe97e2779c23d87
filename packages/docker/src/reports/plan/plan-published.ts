import { openRegistry, type Registry } from '../../host/registry/open-registry.js';

/** Tag of what was built from the inputs of a digest. */
export function inputsTag(inputDigest: string): string {
  return `inputs-${inputDigest.replace(/^sha256:/, '')}`;
}

/** Registries answer in some hundred milliseconds and refuse those who ask too much at a time. */
const atATime = 16;

/**
 * Asks the registries which images are published, by id: those that hold something under the input digest.
 *
 * @throws DockerPluginError REGISTRY_DENIED, REGISTRY_FAILED: an answer that does not come is not taken for "no".
 */
export async function readPublished(
  images: readonly { readonly id: string; readonly image: string; readonly inputDigest: string }[],
  open: (repository: string) => Pick<Registry, 'head'> = openRegistry,
): Promise<ReadonlyMap<string, string>> {
  const published = new Map<string, string>();
  const waiting = images.values();
  const failures: unknown[] = [];
  async function work(): Promise<void> {
    for (const { id, image, inputDigest } of waiting) {
      if (failures.length > 0) return;
      try {
        const found = await open(image).head(inputsTag(inputDigest));
        if (found) published.set(id, found.digest);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  // Nothing is asked any more once this has ended, not even again what did not answer.
  await Promise.all(Array.from({ length: atATime }, work));
  if (failures.length > 0) throw failures[0];
  return published;
}
