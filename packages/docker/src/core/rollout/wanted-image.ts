import type { PublishedRecord } from '../build/published-record.js';
import { repositoryOf, splitRef } from '../manifest/loose-ref.js';
import type { WorkloadContainer } from './workload.js';

/** What a container is to run. */
export interface WantedImage {
  /** Normalised. */
  readonly repository: string;
  /** For people: `ghcr.io/acme/api:1.2.3@sha256:…`. */
  readonly reference: string;
  /** The digest that the registry has; left out where only a tag is known. */
  readonly digest?: string;
  /** The tags under which the cluster may name it. */
  readonly tags: readonly string[];
}

/** What a container is to run: what the records say of its image, else its manifest. */
export function wantedImage(
  { reference, repository }: WorkloadContainer,
  records: readonly PublishedRecord[],
): WantedImage {
  const record = records.find(({ image }) => repositoryOf(image) === repository);
  if (record)
    return {
      repository,
      reference: record.imageRef,
      ...(record.digest !== undefined && { digest: record.digest }),
      tags: record.tags,
    };
  const { tag, digest } = splitRef(reference);
  return {
    repository,
    reference,
    ...(digest !== undefined && { digest }),
    tags: tag !== undefined || digest === undefined ? [tag ?? 'latest'] : [],
  };
}

/** True where a reference in the cluster means the wanted image. A digest decides; the tag beside it is a comment. */
export function isWanted(reference: string, { repository, digest, tags }: WantedImage): boolean {
  if (repositoryOf(reference) !== repository) return false;
  const written = splitRef(reference);
  if (written.digest !== undefined) return written.digest === digest;
  return tags.includes(written.tag ?? 'latest');
}
