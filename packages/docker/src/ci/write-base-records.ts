import { join } from 'node:path';
import { formatPublishedRecord, type PublishedRecord } from '../core/build/published-record.js';
import type { Plan, PlanJob, PlannedImage } from '../core/plan/plan.js';
import { writeFileWhole } from '../host/write-file.js';
import { recordPath } from '../nx/docker-target.js';
import { imagesById } from './read-plan.js';
import { findBaseRecord } from './read-records.js';

/**
 * Leaves the records of the bases of an image where their builds would have left them: those of earlier jobs for the
 * same platform, or what the registry has for a base that did not change. A base without either is left to the build,
 * which says that it is missing; one that this job has built has its record already.
 */
export function writeBaseRecords(
  { bases }: PlannedImage,
  given: { root: string; plan: Plan; job: PlanJob; records: readonly PublishedRecord[] },
): void {
  const { root, plan, job, records } = given;
  const images = imagesById(plan);
  for (const id of bases.filter((each) => !job.images.includes(each))) {
    const base = images.get(id);
    const record = findBaseRecord(records, id, job.platform) ?? (base && publishedRecord(base, job.platform));
    if (record)
      writeFileWhole(join(root, recordPath(record.project, record.target)), formatPublishedRecord(record));
  }
}

function publishedRecord(
  { project, target, image, inputDigest, publishedDigest }: PlannedImage,
  platform: string | null,
): PublishedRecord | undefined {
  if (publishedDigest === undefined) return undefined;
  return {
    version: 1,
    project,
    target,
    image,
    imageRef: `${image}@${publishedDigest}`,
    tags: [],
    digest: publishedDigest,
    pushed: true,
    inputDigest,
    platforms: platform === null ? [] : [platform],
    duration: 0,
  };
}
