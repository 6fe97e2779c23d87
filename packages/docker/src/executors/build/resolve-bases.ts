import { join } from 'node:path';
import type { ExpectedImage } from '../../core/build/base-contexts.js';
import { baseLabels, ownBaseLabels, parseBaseLabels } from '../../core/build/base-labels.js';
import { basesLabel } from '../../core/build/inputs-label.js';
import { parsePublishedRecord } from '../../core/build/published-record.js';
import { externalBases } from '../../core/image/external-bases.js';
import { annotate } from '../../host/ci-output.js';
import { readTextFile } from '../../host/read-text-file.js';
import { askDigests } from '../../host/registry/ask-digests.js';
import { openRegistry } from '../../host/registry/open-registry.js';
import { readLabels } from '../../host/registry/read-labels.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import type { SourcedBuild } from './with-source.js';

/** A build whose external base images were asked for, if they were. */
export interface ResolvedBuild extends SourcedBuild {
  /** Their digests, which the build has to take, by normalised reference. */
  readonly baseDigests?: ReadonlyMap<string, string>;
}

/**
 * Asks which digests the external base images of a build have now, and labels the image with them, and with those that its
 * bases of the workspace were built from. So its label tells when one of these was built anew under the same inputs.
 * Where one cannot be asked there is a notice, and the image says nothing of what it is built from.
 *
 * With `refreshBases`, only an image with the same label stands for the build.
 */
export async function resolveBases(
  build: SourcedBuild,
  { bases: workspace = {}, refreshBases }: BuildExecutorOptions,
  root: string,
): Promise<ResolvedBuild> {
  const { imageRefs, own, isComplete } = externalBases(build.image.evaluation, Object.keys(workspace));
  const digests = new Map<string, string>();
  for (const [imageRef, answer] of await askDigests(imageRefs)) {
    if ('digest' in answer) digests.set(imageRef, answer.digest);
    else annotate('notice', `nobody knows which ${imageRef} there is now: ${answer.failure}`);
  }
  if (!isComplete || digests.size < imageRefs.length) return build;
  const inherited = await Promise.all(
    build.bases.map((base) => basesOf(base, join(root, workspace[base.reference]?.record ?? ''))),
  );
  const labels = { ...baseLabels(new Map([...inherited.flat(), ...digests]), own), ...workspaceBase(build) };
  const { [basesLabel]: bases } = labels;
  if (bases === undefined) return build;
  const { request, requiredLabels } = build;
  return {
    ...build,
    baseDigests: digests,
    // What somebody says about the base by hand stays.
    request: { ...request, labels: { ...labels, ...request.labels, [basesLabel]: bases } },
    ...(refreshBases && { requiredLabels: { ...requiredLabels, [basesLabel]: bases } }),
  };
}

/** Without its own, an image would have those labels of the base that it starts from. */
function workspaceBase({ image, bases }: SourcedBuild): Record<string, string> {
  const base = bases.find(({ reference }) => reference === image.evaluation.baseImage?.text);
  const [digest] = base?.ids ?? [];
  return base?.pushedTo === undefined || digest === undefined ? {} : ownBaseLabels(base.pushedTo, digest);
}

/** What an image of the workspace was built from: by its own label, or by the record of one that is in the engine. */
async function basesOf(
  { pushedTo, ids }: ExpectedImage,
  recordPath: string,
): Promise<(readonly [imageRef: string, digest: string])[]> {
  if (pushedTo !== undefined) {
    const [labels = {}] = (await readLabels(openRegistry(pushedTo), ids[0] ?? '')) ?? [];
    return [...parseBaseLabels(labels)];
  }
  const { bases = {} } = parsePublishedRecord(readTextFile(recordPath) ?? '') ?? {};
  return Object.entries(bases).flatMap(([reference, imageRef]) => {
    const [, digest] = imageRef.startsWith(`${reference}@`) ? imageRef.split('@') : [];
    return digest === undefined ? [] : [[reference, digest] as const];
  });
}
