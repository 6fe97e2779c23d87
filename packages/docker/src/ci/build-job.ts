import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cacheOptions } from '../core/build/cache-options.js';
import { type PublishedRecord, parsePublishedRecord } from '../core/build/published-record.js';
import { imageSlugs, slugText } from '../core/plan/job-names.js';
import type { Plan, PlanJob, PlannedImage } from '../core/plan/plan.js';
import type { CommitNames } from '../core/tags/commit-names.js';
import type { CiOptions } from '../core/workflow/ci-options.js';
import { readTextFile } from '../host/read-text-file.js';
import { runNx } from '../host/run-nx.js';
import { recordPath } from '../nx/docker-target.js';
import { prepareJob } from './prepare-job.js';
import { imagesById } from './read-plan.js';
import { writeBaseRecords } from './write-base-records.js';

export interface BuildJobOptions {
  readonly root: string;
  readonly plan: Plan;
  readonly job: PlanJob;
  /** Push by digest and build no bases: they are in the registry. */
  readonly push: boolean;
  /** Records of earlier jobs. */
  readonly records: readonly PublishedRecord[];
  /** Folder for the records of this job. */
  readonly out: string | undefined;
  readonly cache: 'gha' | 'registry' | 'none';
  readonly cacheWrite: boolean;
  /** What is attested of an image that is pushed. */
  readonly ci: CiOptions;
  /** The labels and annotations of an image that is pushed, each `name=value`. */
  readonly labelsOf: (image: string) => Pick<CommitNames, 'labels' | 'annotations'>;
}

export interface BuiltImage {
  readonly id: string;
  readonly platform: string | null;
  /** `undefined` if the build failed. */
  readonly record: PublishedRecord | undefined;
}

/** Builds the images of a job one after the other. One that fails does not keep the others from being built. */
export async function buildJob(options: BuildJobOptions): Promise<BuiltImage[]> {
  const { root, plan, job, push } = options;
  const images = imagesById(plan);
  const order = push ? job.images : withBases(job.images, images);
  if (!push) await prepareJob({ root, images: order, all: new Set(images.keys()) });
  const built: BuiltImage[] = [];
  for (const id of order) {
    const image = images.get(id);
    if (image) built.push({ id, platform: job.platform, record: await buildImage(image, options) });
  }
  return built;
}

/** Bases before what is built from them. */
function withBases(ids: readonly string[], images: ReadonlyMap<string, PlannedImage>): string[] {
  const order = new Set<string>();
  function visit(id: string, above: readonly string[]): void {
    if (order.has(id) || above.includes(id)) return;
    for (const base of images.get(id)?.bases ?? []) visit(base, [...above, id]);
    order.add(id);
  }
  for (const id of ids) visit(id, []);
  return [...order];
}

async function buildImage(
  image: PlannedImage,
  options: BuildJobOptions,
): Promise<PublishedRecord | undefined> {
  const { root, job, push, out } = options;
  const path = join(root, recordPath(image.project, image.target));
  // One of an earlier run must not be taken for the record of this one.
  rmSync(path, { force: true });
  if (push) writeBaseRecords(image, options);
  if ((await runNx(root, ['run', image.id, ...buildFlags(image, options)])) !== 0) return undefined;
  const record = parsePublishedRecord(readTextFile(path) ?? '');
  if (record && out !== undefined && options.job.images.includes(image.id)) {
    const copy = join(out, platformSlug(job.platform), basename(path));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(path, copy);
  }
  return record;
}

/** Each value is one argument, with its name and a `=`: Nx would take one with a leading `-` for an option. */
function buildFlags(image: PlannedImage, options: BuildJobOptions): string[] {
  const { plan, job, push, cache, cacheWrite: write, ci } = options;
  const slug = imageSlugs([...imagesById(plan).keys()]).get(image.id) ?? '';
  const caches = cacheOptions(cache, {
    slug,
    image: image.image,
    platform: platformSlug(job.platform),
    write,
  });
  const { provenance = 'min', sbom } = ci;
  const flags: Record<string, string | undefined> = {
    platforms: job.platform ?? undefined,
    ...caches,
    // The plan has asked the registry already.
    ...(push && { provenance, sbom: sbom ? 'true' : undefined, push: 'true', force: 'true' }),
  };
  const { labels, annotations } = push ? options.labelsOf(image.image) : { labels: [], annotations: [] };
  return [
    // Bases are in the registry or already built, and all else was run before.
    '--excludeTaskDependencies',
    ...Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
    ...labels.map((label) => `--labels=${label}`),
    ...annotations.map((annotation) => `--annotations=${annotation}`),
  ];
}

export function platformSlug(platform: string | null): string {
  return platform === null ? 'default' : slugText(platform);
}
