import type { AuditImage, AuditInput } from '../../core/audit/audit-image.js';
import type { FileIndex } from '../../core/image/file-index.js';
import type { BuildFile } from '../../core/image/list-build-files.js';
import { fileAndLine } from '../../core/report/file-and-line.js';
import { absentSources, imageFiles } from '../../nx/image-inputs.js';
import { imageId, type WorkspaceImage } from '../../nx/workspace-images.js';

/** Describes an image for the audit: its own inputs, and those of the images that it is built from. */
export function auditImageOf(
  one: WorkspaceImage,
  { images, index }: { images: readonly WorkspaceImage[]; index: FileIndex },
): AuditImage {
  const { image } = one;
  const own = imageFiles(image, index).files.map((file) => inputOf(file));
  const inputs = new Map(own.map((input) => [input.path, input]));
  for (const base of basesOf(one, images))
    for (const file of imageFiles(base.image, index).files)
      if (!inputs.has(file.path)) inputs.set(file.path, { ...inputOf(file), base: imageId(base.image) });
  return {
    id: imageId(image),
    image: image.image,
    dockerfile: image.dockerfilePath,
    context: image.buildContext,
    target: image.options.targetStage ?? null,
    inputs: [...inputs.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    patterns: one.inputs,
    made: absentSources(image, index),
  };
}

/** Directly or through others. */
function basesOf(one: WorkspaceImage, images: readonly WorkspaceImage[]): WorkspaceImage[] {
  const seen = new Set([one]);
  for (const at of seen)
    for (const base of at.bases) {
      const found = images.find(({ image }) => imageId(image) === imageId(base.image));
      if (found) seen.add(found);
    }
  seen.delete(one);
  return [...seen];
}

function inputOf({ path, role, uses }: BuildFile): AuditInput {
  const reads = uses.flatMap((use) => use.reads);
  const lines = reads.map(({ place, kind, text }) => {
    const instruction = kind === 'bind' ? 'RUN --mount' : kind;
    return `${fileAndLine(place)} ${instruction} ${text}`;
  });
  return { path, because: [...(role ? [`the ${role}`] : []), ...new Set(lines)] };
}
