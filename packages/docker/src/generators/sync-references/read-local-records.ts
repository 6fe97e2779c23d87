import { type PublishedRecord, parsePublishedRecord } from '../../core/build/published-record.js';
import { repositoryOf } from '../../core/manifest/loose-ref.js';
import { recordPath } from '../../nx/docker-target.js';
import type { Workspace } from '../../nx/workspace.js';
import { imageId, type WorkspaceImages } from '../../nx/workspace-images.js';
import { diskDigests } from '../../reports/images/disk-digests.js';

export interface LocalRecords {
  /** Of images that were pushed, and would be built the same again. */
  readonly current: readonly PublishedRecord[];
  /** Why other records do not count, sentence by sentence. */
  readonly left: readonly string[];
}

/** Reads the records that builds have left in `dist/docker`. Of those that were never pushed nothing is said. */
export async function readLocalRecords(
  root: string,
  { images, workspace }: WorkspaceImages,
): Promise<LocalRecords> {
  const digestOf = diskDigests(root, images);
  const current: PublishedRecord[] = [];
  const left: string[] = [];
  for (const { image } of images) {
    const path = recordPath(image.projectName, image.targetName);
    const record = readPushed(workspace, path);
    if (!record || repositoryOf(record.image) !== repositoryOf(image.image)) continue;
    if (record.inputDigest === (await digestOf(imageId(image)))) current.push(record);
    else left.push(`${path} is of other files than there are now: ${image.image} stays as it is.`);
  }
  return withoutRivals({ current, left });
}

function readPushed({ readText }: Workspace, path: string): PublishedRecord | undefined {
  const record = parsePublishedRecord(readText(path) ?? '');
  const isPushed = record?.pushed === true && record.digest !== undefined && record.inputDigest !== undefined;
  return isPushed ? record : undefined;
}

/** Two images of one repository: which of them a manifest means nobody can tell. */
function withoutRivals({ current, left }: LocalRecords): LocalRecords {
  const isRival = (record: PublishedRecord) =>
    current.some((each) => each !== record && repositoryOf(each.image) === repositoryOf(record.image));
  const rivals = current.filter(isRival);
  return {
    current: current.filter((record) => !isRival(record)),
    left: [
      ...left,
      ...rivals.map(({ project, image }) => `${project} is not the only one that builds ${image}.`),
    ],
  };
}
