import type { PublishedRecord } from '../core/build/published-record.js';
import { recordedBases } from '../core/build/recorded-bases.js';
import { DockerPluginError, type Problem } from '../core/errors.js';
import { indexAnnotations } from '../core/image/annotation.js';
import type { Plan, PlannedImage } from '../core/plan/plan.js';
import { mergePlatforms, type PlatformManifest } from '../core/registry/merge-platforms.js';
import { eachLimited } from '../host/each-limited.js';
import type { NameableImage, Named } from '../host/registry/name-images.js';
import { openRegistry } from '../host/registry/open-registry.js';
import { readContents, sizesOf } from '../host/registry/read-contents.js';
import { findRecord } from './read-records.js';

/** An image that is ready to be named. */
export interface ReadyImage extends NameableImage {
  readonly planned: PlannedImage;
  /** What its builds left, one for each platform; none for an image that is unchanged. */
  readonly records: readonly PublishedRecord[];
  /** What is known of its contents. */
  readonly known: Pick<PublishedRecord, 'bases' | 'sizes'>;
}

export type NamedImage = Named<ReadyImage>;

/**
 * Finds all images of a plan in their registries: those that were built by their records, all others by what the plan
 * found under their input digest. An image that a run by hand did not ask for and no registry has is not part of the
 * commit. Nothing is written.
 *
 * @param annotationsOf The annotations of an image, of which those of an index count here.
 * @throws DockerPluginError RECORD_MISSING with all that is missing, so that a commit is named whole or not at all.
 */
export async function collectImages(
  plan: Plan,
  records: readonly PublishedRecord[],
  annotationsOf: (image: string) => readonly string[] = () => [],
): Promise<ReadyImage[]> {
  const planned = [...plan.images, ...plan.unchanged.filter(isPublished)];
  const built = new Set(plan.images.map(({ id }) => id));
  const found = await eachLimited(planned, (image) =>
    built.has(image.id)
      ? findBuilt(image, { head: plan.head, records, annotations: annotationsOf(image.image) })
      : findUnchanged(image),
  );
  const problems = found.flatMap((each) => ('planned' in each ? [] : each));
  if (problems.length > 0) throw new DockerPluginError(problems);
  return found.filter((each): each is ReadyImage => 'planned' in each);
}

async function findBuilt(
  planned: PlannedImage,
  given: { head: string; records: readonly PublishedRecord[]; annotations: readonly string[] },
): Promise<ReadyImage | readonly Problem[]> {
  const platforms = planned.platforms.length === 0 ? [null] : planned.platforms;
  const registry = openRegistry(planned.image);
  const problems: Problem[] = [];
  const parts: PlatformManifest[] = [];
  const records: PublishedRecord[] = [];
  for (const platform of platforms) {
    const record = findRecord(given.records, planned.id, platform);
    const fault = faultOf(record, planned, given.head);
    const manifest = fault === undefined ? await registry.get(record?.digest ?? '') : undefined;
    if (record && manifest) {
      records.push(record);
      parts.push({ platform, ...manifest });
    } else
      problems.push(
        missing(planned, platform, fault ?? `${planned.image}@${record?.digest} is not in the registry`),
      );
  }
  return problems.length > 0
    ? problems
    : ready(planned, {
        registry,
        manifest: mergePlatforms(parts, indexAnnotations(given.annotations)),
        records,
        known: {
          bases: Object.assign({}, ...records.map(({ bases }) => bases)),
          sizes: Object.assign({}, ...records.map(({ sizes }) => sizes)),
        },
      });
}

function faultOf(
  record: PublishedRecord | undefined,
  { image }: PlannedImage,
  head: string,
): string | undefined {
  if (!record) return 'it has no record';
  if (!record.pushed || record.digest === undefined) return 'it was built, but not pushed';
  if (record.image !== image) return `its record is of ${record.image}`;
  if (record.revision !== undefined && record.revision !== head)
    return `its record is of the commit ${record.revision.slice(0, 7)}, and not of ${head.slice(0, 7)}`;
  return undefined;
}

function isPublished({ publishedDigest }: PlannedImage): boolean {
  return publishedDigest !== undefined;
}

async function findUnchanged(planned: PlannedImage): Promise<ReadyImage | readonly Problem[]> {
  const { publishedDigest = '' } = planned;
  const registry = openRegistry(planned.image);
  const manifest = await registry.get(publishedDigest);
  if (!manifest)
    return [missing(planned, null, `${planned.image}@${publishedDigest} is not in the registry any more`)];
  const contents = await readContents(registry, manifest);
  const known = { bases: recordedBases(contents[0]?.labels ?? {}), sizes: sizesOf(contents) };
  return ready(planned, { registry, manifest, records: [], known });
}

/** An image that the plan builds although it was there is built to take its place. */
function ready(planned: PlannedImage, found: Omit<ReadyImage, 'planned' | 'inputs'>): ReadyImage {
  const { inputDigest: digest, publishedDigest } = planned;
  return { planned, ...found, inputs: { digest, takesPlace: publishedDigest !== undefined } };
}

function missing({ id }: PlannedImage, platform: string | null, fault: string): Problem {
  return {
    code: 'RECORD_MISSING',
    severity: 'error',
    message: `${id}${platform === null ? '' : ` for ${platform}`} cannot be published: ${fault}`,
    fix: 'let the jobs that build it succeed, then publish again; until then no image of this commit is named',
  };
}
