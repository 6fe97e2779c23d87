import { DockerPluginError } from '../errors.js';
import { imageSlugs, labelOf, longestId, plainName, slugText, withHash } from './job-names.js';
import type { PlanJob } from './plan.js';

export interface JobOptions {
  /** Ids of all images of the workspace: a job is named the same whatever else is built. */
  readonly allIds: readonly string[];
  /** The most jobs of all waves together. */
  readonly maxJobs: number;
  /** Runners by platform, on top of the default ones. */
  readonly runners: Readonly<Record<string, string>>;
}

export interface JobImage {
  readonly id: string;
  /** Empty for the platform of the machine that builds. */
  readonly platforms: readonly string[];
}

const defaultRunners: Readonly<Record<string, string>> = {
  'linux/amd64': 'ubuntu-24.04',
  'linux/arm64': 'ubuntu-24.04-arm',
};

/**
 * Makes the jobs of each wave: one for each image and platform, or, where these are more than `maxJobs`, batches of
 * about the same size, each of one wave and one platform. The same images always make the same batches.
 *
 * @throws DockerPluginError PLAN_LIMIT where even one batch for each platform and wave is too many.
 */
export function planJobs(waves: readonly (readonly JobImage[])[], options: JobOptions): PlanJob[][] {
  const groups = waves.flatMap((wave, index) => groupByPlatform(wave, index));
  const total = groups.reduce((sum, { images }) => sum + images.length, 0);
  const counts =
    total <= options.maxJobs ? groups.map(({ images }) => images.length) : share(groups, options);
  const slugs = imageSlugs(options.allIds);
  const taken = new Set<string>();
  const jobs: PlanJob[][] = waves.map(() => []);
  for (const [index, group] of groups.entries()) {
    for (const images of divide(group.images, counts[index] ?? 1))
      jobs[group.wave]?.push(jobOf(images, group, { options, slugs, taken }));
  }
  return jobs.map((wave) =>
    wave.sort((a, b) => compareTexts(a.images[0], b.images[0]) || compareTexts(a.id, b.id)),
  );
}

interface Group {
  readonly wave: number;
  readonly platform: string | null;
  readonly images: readonly string[];
  /** Ids of images that have other platforms as well. */
  readonly shared: ReadonlySet<string>;
}

function groupByPlatform(wave: readonly JobImage[], index: number): Group[] {
  const groups = new Map<string | null, string[]>();
  for (const { id, platforms } of wave) {
    for (const platform of platforms.length > 0 ? new Set(platforms) : [null])
      groups.set(platform, [...(groups.get(platform) ?? []), id]);
  }
  const shared = new Set(wave.filter(({ platforms }) => new Set(platforms).size > 1).map(({ id }) => id));
  return [...groups]
    .sort(([a], [b]) => compareTexts(a ?? '', b ?? ''))
    .map(([platform, images]) => ({ wave: index, platform, images, shared }));
}

/** Each group gets one job, and of the others as many as its share of the images: the largest remainders first. */
function share(groups: readonly Group[], { maxJobs }: JobOptions): number[] {
  const spare = maxJobs - groups.length;
  if (spare < 0) throw tooFewJobs(groups.length, maxJobs);
  const waiting = groups.reduce((sum, { images }) => sum + images.length - 1, 0);
  const exact = groups.map(({ images }) => ((images.length - 1) * spare) / waiting);
  const counts = exact.map(Math.floor);
  let left = spare - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left-- <= 0) break;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts.map((count) => count + 1);
}

/** Into parts whose sizes differ by one at most. */
function divide(ids: readonly string[], parts: number): string[][] {
  return Array.from({ length: parts }, (_, part) =>
    ids.slice(Math.floor((part * ids.length) / parts), Math.floor(((part + 1) * ids.length) / parts)),
  );
}

function jobOf(
  images: readonly string[],
  { platform, shared }: Group,
  given: { options: JobOptions; slugs: ReadonlyMap<string, string>; taken: Set<string> },
): PlanJob {
  const [first = ''] = images;
  const { runners } = given.options;
  const others = images.length - 1;
  const suffix = platform !== null && images.some((id) => shared.has(id)) ? platform : undefined;
  const words = [
    given.slugs.get(first) ?? '',
    others > 0 && `and-${others}-more`,
    suffix && slugText(suffix),
  ];
  let id = words.filter(Boolean).join('-');
  if (id.length > longestId || given.taken.has(id))
    id = withHash(id, JSON.stringify([platform, images]), longestId);
  given.taken.add(id);
  const name = plainName(labelOf(first)) || first;
  return {
    id,
    name: `${name}${others > 0 ? ` and ${others} more` : ''}${suffix ? ` (${plainName(suffix)})` : ''}`,
    platform,
    runner: runnerOf(platform, runners),
    images,
  };
}

/** Without a platform of its own an image is built for that of the usual runner. */
function runnerOf(platform: string | null, runners: Readonly<Record<string, string>>): string {
  const known = new Map(Object.entries({ ...defaultRunners, ...runners }));
  // `linux/arm64/v8` runs where `linux/arm64` does.
  const names = platform === null ? [] : [platform, platform.split('/').slice(0, 2).join('/')];
  return (
    [...names, 'linux/amd64'].map((name) => known.get(name)).find((runner) => runner !== undefined) ?? ''
  );
}

function compareTexts(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function tooFewJobs(least: number, maxJobs: number): DockerPluginError {
  return new DockerPluginError({
    code: 'PLAN_LIMIT',
    severity: 'error',
    message: `the plan needs at least ${least} jobs, one for each platform of each wave, and may have ${maxJobs}`,
    fix: `give --max-jobs, or ci.maxJobs in the plugin options, a number from ${least} on`,
  });
}
