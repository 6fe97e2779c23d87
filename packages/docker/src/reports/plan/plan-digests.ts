import { planWaves } from '../../core/plan/plan-waves.js';
import { imageInputDigest } from '../../nx/input-digest.js';
import { imageId } from '../../nx/workspace-images.js';
import type { CommitImage, CommitImages } from './plan-images.js';
import type { Sources } from './plan-sources.js';

/** Computes the input digest of each image of a commit, by id. An image counts for those that are built from it. */
export function planDigests(
  { commit, images }: CommitImages,
  sources: ReadonlyMap<string, Sources>,
  env: NodeJS.ProcessEnv,
): ReadonlyMap<string, string> {
  const contentHashes = { get: (path: string) => commit.entries.get(path)?.oid } as ReadonlyMap<
    string,
    string
  >;
  const digests = new Map<string, string>();
  for (const id of planOrder(images)) {
    const image = images.get(id);
    if (!image) continue;
    const { hashes } = sources.get(id) ?? {};
    digests.set(
      id,
      imageInputDigest(image.workspaceImage.image, {
        files: image.files().files,
        contentHashes,
        baseDigests: baseDigests(image, digests),
        env,
        ...(hashes && { sourceHashes: hashes }),
      }),
    );
  }
  return digests;
}

/** Ids in an order in which bases come first. */
export function planOrder(images: CommitImages['images']): string[] {
  return planWaves([...images.values()], imageEdges(images)).flat();
}

export function imageEdges(images: CommitImages['images']): { from: string; to: string }[] {
  return [...images.values()].flatMap(({ id, workspaceImage }) =>
    workspaceImage.bases.map(({ image }) => ({ from: id, to: imageId(image) })),
  );
}

function baseDigests({ workspaceImage }: CommitImage, digests: ReadonlyMap<string, string>) {
  return Object.fromEntries(
    workspaceImage.bases.flatMap(({ image, uses }) =>
      uses.map(({ text }) => [text, digests.get(imageId(image)) ?? ''] as const),
    ),
  );
}
