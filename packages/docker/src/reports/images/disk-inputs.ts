import { indexFiles } from '../../core/image/file-index.js';
import type { BuildFile, BuildFiles } from '../../core/image/list-build-files.js';
import { readObjectFormat } from '../../host/git/read-object-format.js';
import { hashDiskFiles } from '../../host/hash-disk-files.js';
import { readDiskFiles } from '../../host/read-disk-files.js';
import { buildPlaces } from '../../nx/evaluate-build.js';
import type { Image } from '../../nx/image.js';
import { imageFiles } from '../../nx/image-inputs.js';
import { imageInputDigest } from '../../nx/input-digest.js';

/** The files on disk that a build would read, and problems with its sources. */
export function diskBuildFiles(root: string, image: Image): BuildFiles {
  return imageFiles(image, indexFiles(readDiskFiles({ root, ...buildPlaces(image) })));
}

export interface DiskInputs {
  /** All that the build reads. */
  readonly files: readonly BuildFile[];
  /** By the reference in the Dockerfile. */
  readonly baseDigests: Readonly<Record<string, string>>;
}

/**
 * Computes the input digest of an image over the files on disk.
 *
 * @throws DockerPluginError FILE_UNREADABLE
 */
export async function diskInputDigest(
  root: string,
  image: Image,
  { files, baseDigests }: DiskInputs,
): Promise<string> {
  const copied = files.filter(({ mode, uses }) => uses.length > 0 && mode !== 'symlink');
  const paths = copied.map(({ path }) => path);
  const contentHashes = await hashDiskFiles(root, paths, await readObjectFormat(root));
  return imageInputDigest(image, { files, contentHashes, baseDigests, env: process.env });
}
