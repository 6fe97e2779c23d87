import { DockerPluginError, type Problem } from '../../core/errors.js';
import { imageId, type WorkspaceImage } from '../../nx/workspace-images.js';
import { diskBuildFiles, diskInputDigest } from './disk-inputs.js';

/**
 * Gives the input digests that builds would record now, by id of the image: over what is on disk, and for an image that
 * is built from others of the workspace over what those are now. Nothing where an image could not be built.
 */
export function diskDigests(
  root: string,
  images: readonly WorkspaceImage[],
): (id: string) => Promise<string | undefined> {
  const byId = new Map(images.map((one) => [imageId(one.image), one]));
  const known = new Map<string, Promise<string | undefined>>();
  return digestOf;

  function digestOf(id: string): Promise<string | undefined> {
    const one = byId.get(id);
    const digest = known.get(id) ?? (one ? computeDigest(one) : Promise.resolve(undefined));
    known.set(id, digest);
    return digest;
  }

  async function computeDigest({ image, bases }: WorkspaceImage): Promise<string | undefined> {
    const baseDigests: Record<string, string> = {};
    for (const base of bases) {
      const digest = await digestOf(imageId(base.image));
      if (digest === undefined) return undefined;
      for (const { text } of base.uses) baseDigests[text] = digest;
    }
    const { files, problems } = diskBuildFiles(root, image);
    if ([...image.problems, ...problems].some(isError)) return undefined;
    return unlessUnreadable(diskInputDigest(root, image, { files, baseDigests }));
  }
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

async function unlessUnreadable(digest: Promise<string>): Promise<string | undefined> {
  try {
    return await digest;
  } catch (error) {
    if (error instanceof DockerPluginError) return undefined;
    throw error;
  }
}
