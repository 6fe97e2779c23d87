import { join } from 'node:path';
import {
  formatPublishedRecord,
  type PublishedRecord,
  parsePublishedRecord,
} from '../../core/build/published-record.js';
import { recordedBases } from '../../core/build/recorded-bases.js';
import { readTextFile } from '../../host/read-text-file.js';
import { writeFileWhole } from '../../host/write-file.js';
import { recordPath } from '../../nx/docker-target.js';
import type { MadeImage } from './made-image.js';
import type { SourcedBuild } from './with-source.js';

/** What came of a build, and how long it took in milliseconds. */
interface Outcome extends MadeImage {
  readonly duration: number;
}

/** Leaves the record of an image at its place below the workspace root, and says what came of it. */
export function writeRecord(build: SourcedBuild, root: string, made: Outcome): void {
  const { projectName, targetName } = build.image;
  const path = recordPath(projectName, targetName);
  const before = parsePublishedRecord(readTextFile(join(root, path)) ?? '');
  const record = toRecord(build, made, isOfSameImage(before, build, made) ? before : undefined);
  writeFileWhole(join(root, path), formatPublishedRecord(record));
  const news = made.unchanged ?? `${record.imageRef} is ${made.pushed ? 'pushed' : 'built'}`;
  console.log(`${news}; its record is ${path}`);
}

/** The record of the build of an image knows more of it than can be asked of the image later. */
function isOfSameImage(
  before: PublishedRecord | undefined,
  { inputDigest }: SourcedBuild,
  { unchanged, imageId, digest }: MadeImage,
): boolean {
  if (unchanged === undefined || before?.inputDigest !== inputDigest) return false;
  return [before.imageId, before.digest].some((id) => id !== undefined && (id === digest || id === imageId));
}

function toRecord(
  { image, inputDigest, bases, request, revision }: SourcedBuild,
  made: Outcome,
  before: PublishedRecord | undefined,
): PublishedRecord {
  const { tags, digest, pushed, sizes, labels, unchanged, duration } = made;
  const [tag] = tags;
  const imageId = made.imageId ?? before?.imageId;
  // What would be taken now is not what an image that is there was built from.
  const own =
    unchanged === undefined
      ? Object.fromEntries(bases.map((base) => [base.reference, base.imageRef]))
      : before?.bases;
  const allBases = { ...own, ...recordedBases(labels) };
  return {
    version: 1,
    project: image.projectName,
    target: image.targetName,
    image: image.image,
    imageRef: `${image.image}${tag !== undefined ? `:${tag}` : digest !== undefined ? `@${digest}` : ''}`,
    tags,
    ...(imageId !== undefined && { imageId }),
    ...(digest !== undefined && { digest }),
    ...(pushed && { pushed }),
    ...(unchanged !== undefined && { unchanged: true }),
    inputDigest,
    ...(revision !== undefined && { revision }),
    ...(Object.keys(allBases).length > 0 && { bases: allBases }),
    platforms: request.platforms ?? [],
    ...(Object.keys(sizes ?? {}).length > 0 && { sizes }),
    duration,
  };
}
