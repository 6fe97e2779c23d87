import { join } from 'node:path';
import type { BuildResult } from '../../core/build/build-result.js';
import { formatPublishedRecord } from '../../core/build/published-record.js';
import { writeFileWhole } from '../../host/write-file.js';
import { recordPath } from '../../nx/docker-target.js';
import type { PreparedBuild } from './prepare-build.js';

/** What came of a build. */
interface Outcome extends BuildResult {
  readonly imageRefs: readonly string[];
  readonly platforms?: readonly string[];
  readonly pushed?: true;
  readonly revision: string | undefined;
  /** Milliseconds. */
  readonly duration: number;
}

/** Leaves the record of a build at its place below the workspace root. */
export function writeRecord(
  { image, inputDigest, bases }: PreparedBuild,
  root: string,
  { imageRefs, imageId, digest, pushed, revision, platforms = [], duration }: Outcome,
): void {
  const named = imageRefs.filter((ref) => ref.startsWith(`${image.image}:`));
  const [imageRef = digest === undefined ? image.image : `${image.image}@${digest}`] = named;
  const path = recordPath(image.projectName, image.targetName);
  const record = formatPublishedRecord({
    version: 1,
    project: image.projectName,
    target: image.targetName,
    image: image.image,
    imageRef,
    tags: named.map((ref) => ref.slice(image.image.length + 1)),
    ...(imageId !== undefined && { imageId }),
    ...(digest !== undefined && { digest }),
    ...(pushed && { pushed }),
    inputDigest,
    ...(revision !== undefined && { revision }),
    ...(bases.length > 0 && {
      bases: Object.fromEntries(bases.map((base) => [base.reference, base.imageRef])),
    }),
    platforms,
    duration,
  });
  writeFileWhole(join(root, path), record);
  console.log(`${imageRef} is ${pushed ? 'pushed' : 'built'}; its record is ${path}`);
}
