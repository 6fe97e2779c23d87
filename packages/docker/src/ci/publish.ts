import type { PublishedRecord } from '../core/build/published-record.js';
import { DockerPluginError, type Problem } from '../core/errors.js';
import type { Plan } from '../core/plan/plan.js';
import { commitNames } from '../core/tags/commit-names.js';
import type { TagFacts } from '../core/tags/facts.js';
import { eachLimited } from '../host/each-limited.js';
import { openSigner } from '../host/open-signer.js';
import { nameImages } from '../host/registry/name-images.js';
import { namingPlace } from '../host/registry/naming-place.js';
import { openRegistry } from '../host/registry/open-registry.js';
import type { PublishOptions } from '../nx/plugin-options.js';
import { collectImages, type NamedImage, type ReadyImage } from './collect-images.js';

export interface PublishPlanOptions {
  readonly root: string;
  readonly plan: Plan;
  readonly records: readonly PublishedRecord[];
  readonly rules: PublishOptions;
  readonly facts: TagFacts;
  /** The clock, for `{{date}}` in rules. */
  readonly now: Date;
}

export interface PublishedPlan {
  readonly images: readonly NamedImage[];
  /** Names and digests of what was not signed before. */
  readonly signed: readonly string[];
  /** What was odd about the rules for names. */
  readonly warnings: readonly Problem[];
}

/**
 * Gives the images of a commit their names, all or none: nothing is named before every image is in its registry and
 * every registry takes names. Run again, it changes nothing.
 *
 * @throws DockerPluginError RECORD_MISSING, REGISTRY_DENIED, REGISTRY_FAILED, TAG_RULE_INVALID, COSIGN_FAILED
 */
export async function publishPlan(options: PublishPlanOptions): Promise<PublishedPlan> {
  const { root, plan, records, rules, now } = options;
  const facts = { ...options.facts, sha: plan.head };
  const names = new Map(
    [...plan.images, ...plan.unchanged].map(({ image }) => [
      image,
      commitNames(image, rules, { facts, now }),
    ]),
  );
  const problems = distinct([...names.values()].flatMap((each) => each.problems));
  if (problems.some(({ severity }) => severity === 'error')) throw new DockerPluginError(problems);
  const ready = await collectImages(plan, records, (image) => names.get(image)?.annotations ?? []);
  await eachLimited([...names.keys()], (image) => openRegistry(image).requirePush());
  const signer = rules.sign && (await openSigner(root, rules.sign));
  const signed: string[] = [];
  const images = await nameImages(ready, {
    head: plan.head,
    ...(signer && {
      sign: async ({ planned, manifest }: ReadyImage) => {
        const reference = `${planned.image}@${manifest.digest}`;
        if (await signer(reference)) signed.push(reference);
      },
    }),
    tagsOf: ({ planned }: ReadyImage) => names.get(planned.image)?.tags ?? [],
    ...namingPlace(root, { ref: facts.ref, head: plan.head }),
  });
  return { images, signed: signed.sort(), warnings: problems };
}

/** A rule is wrong once, and not for each image. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}
