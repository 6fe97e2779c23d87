import type { Plan, PlannedImage } from '../../core/plan/plan.js';
import { planJobs } from '../../core/plan/plan-jobs.js';
import { planWaves } from '../../core/plan/plan-waves.js';
import { imageId } from '../../nx/workspace-images.js';
import { readPluginOptions } from '../images/open-images.js';
import { imageEdges, planOrder } from './plan-digests.js';
import type { CommitImages } from './plan-images.js';
import type { Selection, Situation } from './plan-situation.js';

/**
 * Puts together a plan. Where nothing is published, a job builds the images that its own start from, so that there is
 * but one wave.
 *
 * @throws DockerPluginError PLAN_LIMIT
 */
export function planResult(situation: Situation, selection: Selection): Plan {
  const { options, event, head, images, digests } = situation;
  const { publish, reasons, published } = selection;
  const ci = readPluginOptions(images.workspace).ci ?? {};
  const order = planOrder(images.images);
  const planned = order.filter((id) => reasons.has(id));
  const plannedImages = planned.map((id) => ({
    id,
    platforms: images.images.get(id)?.workspaceImage.image.options.platforms ?? [],
  }));
  const waves = publish
    ? planWaves(plannedImages, imageEdges(images.images)).map((wave) =>
        plannedImages.filter(({ id }) => wave.includes(id)),
      )
    : [plannedImages].filter((wave) => wave.length > 0);
  return {
    version: 1,
    event: event?.event ?? 'local',
    head,
    base: selection.base,
    scope: selection.scope,
    publish,
    images: planned.map((id) =>
      plannedImage(id, { images, digests, published, reason: reasons.get(id) ?? '' }),
    ),
    unchanged: order
      .filter((id) => !reasons.has(id))
      .sort()
      .map((id) => {
        const note = selection.notes?.get(id);
        const known = note === undefined ? 'published' : `published, but ${note}`;
        const reason = published.has(id) ? known : selection.otherwise;
        return plannedImage(id, { images, digests, published, reason });
      }),
    waves: planJobs(waves, {
      allIds: order,
      maxJobs: options.maxJobs ?? ci.maxJobs ?? 256,
      runners: { ...ci.runners, ...options.runners },
    }),
  };
}

interface PlannedParts {
  readonly images: CommitImages;
  readonly digests: ReadonlyMap<string, string>;
  /** What the registry holds; of an image that is built all the same, what its build takes the place of. */
  readonly published: ReadonlyMap<string, string>;
  readonly reason: string;
}

function plannedImage(id: string, given: PlannedParts): PlannedImage {
  const { images, digests, published, reason } = given;
  const found = images.images.get(id);
  if (!found) throw new Error(`no image ${id}`);
  const { image, bases } = found.workspaceImage;
  const publishedDigest = published.get(id);
  return {
    id,
    project: image.projectName,
    target: image.targetName,
    image: image.image,
    dockerfile: image.dockerfilePath,
    context: image.buildContext,
    platforms: image.options.platforms ?? [],
    bases: bases.map((base) => imageId(base.image)),
    inputDigest: digests.get(id) ?? '',
    reason,
    ...(publishedDigest !== undefined && { publishedDigest }),
  };
}
