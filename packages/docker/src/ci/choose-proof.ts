import type { PublishedRecord } from '../core/build/published-record.js';
import type { Prove } from '../reports/references/prove-references.js';
import { registryProof } from '../reports/references/registry-proof.js';
import { ifAllowed } from './if-allowed.js';

/** Proof of references by their registries; none where one of these may not be read from here. */
export async function chooseProof(records: readonly PublishedRecord[]): Promise<Prove | undefined> {
  const prove = registryProof();
  for (const { image, digest } of records) {
    const answer = await ifAllowed(
      async () => ({ found: await prove(`${image}@${digest}`) }),
      `whether the registry has what was published of ${image}`,
    );
    if (!answer) return undefined;
  }
  return prove;
}
