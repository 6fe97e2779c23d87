import { imageId } from '../../nx/workspace-images.js';
import { selectChanged } from './plan-changed.js';
import { describeChosen } from './plan-chosen.js';
import { planOrder } from './plan-digests.js';
import { findMoved } from './plan-moved.js';
import { readPublished } from './plan-published.js';
import type { Selection, Situation } from './plan-situation.js';

/**
 * Selects what the registry does not have: whatever a run before this one left undone is done now. What an image is
 * built from is built with it, unless it is there. On schedule, images whose external bases moved are taken as well.
 *
 * @param chosen Ids; all where nobody chose.
 */
export async function selectUnpublished(
  situation: Situation,
  chosen: readonly string[] | undefined,
): Promise<Selection> {
  const { options, event, images, digests } = situation;
  const refreshes = options.refreshBases === true || event?.event === 'schedule';
  const isForced = options.all === true || event?.force === true;
  const candidates = new Set(chosen ?? images.images.keys());
  const published = await readPublished(
    [...images.images.values()].map(({ id, workspaceImage }) => ({
      id,
      image: workspaceImage.image.image,
      inputDigest: digests.get(id) ?? '',
    })),
  );
  const changed = event?.event === 'push' ? await selectChanged(situation) : undefined;
  const reasons = new Map<string, string>();
  for (const id of candidates) {
    if (isForced) reasons.set(id, 'asked for, although it may be published');
    else if (!published.has(id)) {
      const reason = changed?.base ? changed.reasons.get(id) : undefined;
      reasons.set(id, reason === undefined ? 'not published' : `not published: ${reason}`);
    }
  }
  const kept = [...candidates].filter((id) => !reasons.has(id));
  const moved = refreshes && !isForced ? await findMoved(kept, images, published) : undefined;
  for (const [id, reason] of moved?.reasons ?? []) if (!reasons.has(id)) reasons.set(id, reason);
  for (const id of planOrder(images.images).reverse()) {
    if (!reasons.has(id)) continue;
    for (const { image } of images.images.get(id)?.workspaceImage.bases ?? []) {
      const base = imageId(image);
      if (!reasons.has(base) && !published.has(base))
        reasons.set(base, `not published, and ${id} is built from it`);
    }
  }
  const of = chosen ? ` of ${describeChosen(chosen)}` : '';
  return {
    base: null,
    publish: true,
    scope: isForced
      ? `all images${of}, as asked for`
      : `images${of} that the registry does not have under their input digests${refreshes ? ', or whose base images moved' : ''}`,
    reasons,
    otherwise: 'not asked for',
    published,
    ...(moved && { notes: moved.notes }),
  };
}
