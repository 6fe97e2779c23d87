import { createHash } from 'node:crypto';
import { mediaTypes } from '../src/core/registry/media-types.js';
import type { Registry, RegistryManifest } from '../src/host/registry/open-registry.js';

export interface MemoryRegistry extends Registry {
  /** What each tag has, as the text of its manifest. */
  tags(): Record<string, string>;
  /** `PUT tag` and `LIST`, in order. */
  readonly requests: string[];
  /** Called before each request. */
  before: (request: string) => Promise<void> | void;
}

/** A repository in memory, for what depends on the order of requests. */
export function memoryRegistry(repository: string): MemoryRegistry {
  const held = new Map<string, RegistryManifest>();
  const requests: string[] = [];
  const registry: MemoryRegistry = {
    repository,
    requests,
    before: () => {},
    tags: () =>
      Object.fromEntries(
        [...held]
          .filter(([name]) => !name.includes(':'))
          .map(([name, { bytes }]) => [name, bytes.toString()]),
      ),
    head: async (reference) => held.get(reference),
    get: async (reference) => held.get(reference),
    async put(reference, bytes, mediaType) {
      requests.push(`PUT ${reference}`);
      await registry.before(`PUT ${reference}`);
      const manifest = manifestOf(Buffer.from(bytes).toString(), mediaType);
      held.set(reference, manifest).set(manifest.digest, manifest);
      return manifest.digest;
    },
    async listTags() {
      await registry.before('LIST');
      requests.push('LIST');
      return Object.keys(registry.tags());
    },
    blob: async () => undefined,
    requirePush: async () => {},
  };
  return registry;
}

export function manifestOf(text: string, mediaType: string = mediaTypes.ociManifest): RegistryManifest {
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  return { digest, mediaType, bytes: Buffer.from(text) };
}
