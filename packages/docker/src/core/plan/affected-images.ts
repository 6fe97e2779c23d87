import { compareImage } from './compare-image.js';
import type { TreeChange } from './compare-trees.js';
import type { ImageState } from './image-state.js';
import { planWaves } from './plan-waves.js';

/** Finds the images that have to be built again, with the reason in one line, by id. */
export function affectedImages(
  base: readonly ImageState[],
  head: readonly ImageState[],
  changes: readonly TreeChange[],
): ReadonlyMap<string, string> {
  const old = new Map(base.map((image) => [image.id, image]));
  const reasons = new Map<string, string>();
  for (const image of head) {
    const reason = compareImage(old.get(image.id), image, changes);
    if (reason !== undefined) reasons.set(image.id, reason);
  }
  return withDependants(head, reasons);
}

/** A new base image is a new image. The reason that is told is the one at the root. */
function withDependants(
  images: readonly ImageState[],
  own: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const byId = new Map(images.map((image) => [image.id, image]));
  const edges = images.flatMap(({ id, bases }) => bases.map((base) => ({ from: id, to: base })));
  const reasons = new Map(own);
  const roots = new Map<string, string>();
  for (const id of planWaves(images, edges).flat()) {
    const image = byId.get(id);
    if (!image || reasons.has(id)) continue;
    const base = [...image.bases].sort().find((each) => reasons.has(each));
    if (base === undefined) continue;
    const root = roots.get(base) ?? base;
    roots.set(id, root);
    reasons.set(id, `base image ${byId.get(root)?.label} changed: ${own.get(root)}`);
  }
  return reasons;
}
