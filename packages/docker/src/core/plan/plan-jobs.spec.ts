import type { PlanJob } from './plan.js';
import { type JobImage, type JobOptions, planJobs } from './plan-jobs.js';

/** `api` or `api:docker-build-x`, with platforms behind `@`: `api@linux/amd64,linux/arm64`. */
function images(text: string): JobImage[] {
  return text.split(' ').map((word) => {
    const [name = '', platforms = ''] = word.split('@');
    return {
      id: name.includes(':') ? name : `${name}:docker-build`,
      platforms: platforms.split(',').filter(Boolean),
    };
  });
}

function plan(waves: readonly JobImage[][], options: Partial<JobOptions> = {}): PlanJob[][] {
  return planJobs(waves, { allIds: waves.flat().map(({ id }) => id), maxJobs: 256, runners: {}, ...options });
}

function many(count: number, platforms: readonly string[] = []): JobImage[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `app${String(index).padStart(3, '0')}:docker-build`,
    platforms,
  }));
}

it('makes one job for each image and platform, on the runner of the platform', () => {
  const [jobs = []] = plan([images('api web@linux/amd64,linux/arm64 db@linux/arm64/v8 old@linux/s390x')]);
  expect(jobs.map(({ id, name, platform, runner }) => [id, name, platform, runner])).toEqual([
    ['api', 'api', null, 'ubuntu-24.04'],
    ['db', 'db', 'linux/arm64/v8', 'ubuntu-24.04-arm'],
    ['old', 'old', 'linux/s390x', 'ubuntu-24.04'],
    ['web-linux-amd64', 'web (linux/amd64)', 'linux/amd64', 'ubuntu-24.04'],
    ['web-linux-arm64', 'web (linux/arm64)', 'linux/arm64', 'ubuntu-24.04-arm'],
  ]);
});

it('takes runners from the options', () => {
  const runners = { 'linux/amd64': 'big', 'linux/s390x': 'mainframe' };
  const [jobs = []] = plan([images('a b@linux/s390x c@linux/arm64')], { runners });
  expect(jobs.map(({ runner }) => runner)).toEqual(['big', 'mainframe', 'ubuntu-24.04-arm']);
});

it('names jobs so that they fit into artifacts, and so that none is taken twice', () => {
  const hostile = [
    '$(touch x)',
    'a b',
    'a/b',
    '"',
    'API',
    'api',
    '..',
    'ünï',
    '😀',
    'x'.repeat(200),
    '__proto__',
    'a\nb',
  ];
  const ids = hostile.flatMap((name) => [`${name}:docker-build`, `${name}:docker-build-worker`]);
  const both = ['linux/amd64', 'linux/arm64'];
  const jobs = plan([ids.map((id) => ({ id, platforms: both }))]).flat();
  expect(new Set(jobs.map(({ id }) => id)).size).toBe(ids.length * 2);
  for (const { id, name } of jobs) {
    expect(id).toMatch(/^[a-z0-9](?:[a-z0-9._-]{0,78}[a-z0-9])?$/);
    expect(name).not.toMatch(/\p{Cc}/u);
    expect(name.length).toBeLessThan(100);
  }
});

it('names a job the same whatever else is built', () => {
  const allIds = ['a b:docker-build', 'a/b:docker-build', 'api:docker-build'];
  const alone = plan([images('a/b api')], { allIds }).flat();
  const together = plan([allIds.map((id) => ({ id, platforms: [] }))], { allIds }).flat();
  for (const job of alone) expect(together).toContainEqual(job);
});

it('does not let an image take the id of a platform of another', () => {
  const ids = plan([images('web@linux/amd64,linux/arm64 web-linux-arm64')])
    .flat()
    .map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
});

describe('packs more images than there may be jobs into batches', () => {
  it.each<[string, JobImage[][], number, number[]]>([
    ['of the same size', [many(300)], 256, [256]],
    ['for each platform', [many(300, ['linux/amd64', 'linux/arm64'])], 256, [256]],
    ['over all waves', [many(3), many(400), many(1)], 256, [2, 253, 1]],
    ['down to one for each wave', [many(30), many(300)], 2, [1, 1]],
    ['into one', [many(9)], 1, [1]],
    ['not where all fit', [many(200), many(56)], 256, [200, 56]],
  ])('%s', (_, waves, maxJobs, counts) => {
    const jobs = plan(waves, { maxJobs, allIds: [] });
    expect(jobs.map((wave) => wave.length)).toEqual(counts);
    expect(plan(waves, { maxJobs, allIds: [] })).toEqual(jobs);
    for (const [index, wave] of jobs.entries()) {
      const built = wave.flatMap((job) => job.images.map((id) => `${id} ${job.platform}`)).sort();
      const wanted = (waves[index] ?? []).flatMap(({ id, platforms }) =>
        (platforms.length > 0 ? platforms : [null]).map((platform) => `${id} ${platform}`),
      );
      expect(built).toEqual(wanted.sort());
      const sizes = wave.map((job) => job.images.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });

  it('and says how many are in one', () => {
    const [[job]] = plan([images('a b c d')], { maxJobs: 1 }) as [[PlanJob]];
    expect([job.id, job.name, job.images.length]).toEqual(['a-and-3-more', 'a and 3 more', 4]);
  });

  it('or says how many jobs are needed', () => {
    expect(() => plan([many(2, ['linux/amd64', 'linux/arm64']), many(1)], { maxJobs: 2 })).toThrow(
      /at least 3 jobs[\s\S]*PLAN_LIMIT/,
    );
  });
});
