import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formatPublishedRecord, type PublishedRecord } from '../core/build/published-record.js';
import { writeFileWhole } from '../host/write-file.js';
import { recordPath } from '../nx/docker-target.js';
import type { NamedImage } from './collect-images.js';

/**
 * Writes the records of all images of a commit, and `subjects.txt` with what was built, in the form of sha256sum: an
 * attestation names them by it (https://github.com/actions/attest, `subject-checksums`).
 *
 * @returns How many images are in `subjects.txt`.
 */
export function writePublished(
  images: readonly NamedImage[],
  { out, head }: { out: string; head: string },
): number {
  mkdirSync(out, { recursive: true });
  for (const image of images) {
    const { project, target } = image.planned;
    const path = join(out, basename(recordPath(project, target)));
    writeFileWhole(path, formatPublishedRecord(publishedRecord(image, head)));
  }
  const built = images.filter(({ records }) => records.length > 0);
  const lines = built.map(
    ({ manifest, planned }) => `${manifest.digest.replace(/^sha256:/, '')}  ${planned.image}\n`,
  );
  writeFileWhole(join(out, 'subjects.txt'), lines.join(''));
  return built.length;
}

function publishedRecord(
  { planned, manifest, tags, records, known }: NamedImage,
  head: string,
): PublishedRecord {
  const { project, target, image, inputDigest, platforms } = planned;
  const { bases = {}, sizes = {} } = known;
  return {
    version: 1,
    project,
    target,
    image,
    imageRef: `${image}:${tags[0]}`,
    tags,
    digest: manifest.digest,
    pushed: true,
    ...(records.length === 0 && { unchanged: true }),
    inputDigest,
    revision: head,
    ...(Object.keys(bases).length > 0 && { bases }),
    platforms,
    ...(Object.keys(sizes).length > 0 && { sizes }),
    // Platforms are built side by side.
    duration: Math.max(0, ...records.map(({ duration }) => duration)),
  };
}
