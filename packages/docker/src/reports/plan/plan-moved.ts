import { parseBaseLabels } from '../../core/build/base-labels.js';
import { type ExternalBases, externalBases } from '../../core/image/external-bases.js';
import { compareBases } from '../../core/plan/compare-bases.js';
import { labelOf } from '../../core/plan/job-names.js';
import { annotate } from '../../host/ci-output.js';
import { eachLimited } from '../../host/each-limited.js';
import { askDigests } from '../../host/registry/ask-digests.js';
import { openRegistry } from '../../host/registry/open-registry.js';
import { readLabels } from '../../host/registry/read-labels.js';
import { imageId } from '../../nx/workspace-images.js';
import { planOrder } from './plan-digests.js';
import type { CommitImages } from './plan-images.js';

/** What became of published images since they were built. */
export interface Moved {
  /** Why they have to be built anew, by id; the images that are built from them are among them. */
  readonly reasons: ReadonlyMap<string, string>;
  /** What could not be found out about others, by id. */
  readonly notes: ReadonlyMap<string, string>;
}

/**
 * Asks for published images if what they were built from outside of the workspace is another image by now: their labels
 * say what it was, and its registry what it is. Where a registry does not answer there is a notice.
 *
 * @param ids The images to ask about; only published ones are.
 * @param published Digests by id, of all images that are published.
 */
export async function findMoved(
  ids: Iterable<string>,
  { images }: CommitImages,
  published: ReadonlyMap<string, string>,
): Promise<Moved> {
  const external = externalBasesById(images);
  const asked = [...ids].flatMap((id) => {
    const digest = published.get(id);
    const bases = external.get(id);
    const repository = images.get(id)?.workspaceImage.image.image;
    if (repository === undefined || digest === undefined || !bases) return [];
    const hasSome = bases.imageRefs.length > 0 || !bases.isComplete;
    return hasSome ? [{ id, repository, digest, bases }] : [];
  });
  const current = await readCurrent(asked.flatMap(({ bases }) => bases.imageRefs));
  const reasons = new Map<string, string>();
  const notes = new Map<string, string>();
  await eachLimited(asked, async ({ id, repository, digest, bases }) => {
    const labels = await readLabels(openRegistry(repository), digest);
    if (!labels) {
      notes.set(id, 'its labels cannot be read');
      return;
    }
    const { imageRefs, isComplete } = bases;
    // Each platform was built by itself, and a base can move in between.
    const verdicts = labels.map((each) =>
      compareBases({ imageRefs, hasUnknown: !isComplete, recorded: parseBaseLabels(each), current }),
    );
    const verdict = verdicts.find(({ is }) => is === 'moved') ??
      verdicts.find(({ is }) => is !== 'same') ?? { is: 'same' };
    if (verdict.is === 'same') return;
    const said = verdict.is === 'unknown' ? notes : reasons;
    said.set(id, verdict.reason);
  });
  return { reasons: withDependants(reasons, images, published), notes };
}

/** Of each image those that it, and what it is built from, have outside of the workspace. */
function externalBasesById(images: CommitImages['images']): ReadonlyMap<string, ExternalBases> {
  const found = new Map<string, ExternalBases>();
  for (const id of planOrder(images)) {
    const workspaceImage = images.get(id)?.workspaceImage;
    if (!workspaceImage) continue;
    const { image, bases } = workspaceImage;
    const texts = bases.flatMap(({ uses }) => uses.map(({ text }) => text));
    const all = [
      externalBases(image.evaluation, texts),
      ...bases.flatMap((base) => found.get(imageId(base.image)) ?? []),
    ];
    found.set(id, {
      imageRefs: [...new Set(all.flatMap(({ imageRefs }) => imageRefs))].sort(),
      isComplete: all.every(({ isComplete }) => isComplete),
    });
  }
  return found;
}

async function readCurrent(imageRefs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const current = new Map<string, string>();
  for (const [imageRef, answer] of await askDigests([...new Set(imageRefs)].sort())) {
    if ('digest' in answer) current.set(imageRef, answer.digest);
    else annotate('notice', `nobody knows which ${imageRef} there is now: ${answer.failure}`);
  }
  return current;
}

/**
 * Adds what is built from an image that is built anew, chosen or not: its inputs stay the same, so that nothing else
 * would tell. The reason is the one at the root.
 */
function withDependants(
  own: ReadonlyMap<string, string>,
  images: CommitImages['images'],
  published: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const reasons = new Map(own);
  const roots = new Map<string, string>();
  for (const id of planOrder(images)) {
    if (!published.has(id)) continue;
    const bases = images.get(id)?.workspaceImage.bases.map(({ image }) => imageId(image)) ?? [];
    const base = bases.sort().find((each) => reasons.has(each));
    if (base === undefined) continue;
    const root = roots.get(base) ?? base;
    roots.set(id, root);
    reasons.set(id, `base image ${labelOf(root)} is built anew: ${own.get(root)}`);
  }
  return reasons;
}
