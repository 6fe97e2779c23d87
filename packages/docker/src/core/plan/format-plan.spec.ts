import { formatPlan, formatPlanSummary } from './format-plan.js';
import { formatOutputs, githubOutputs } from './github-outputs.js';
import type { Plan, PlannedImage } from './plan.js';

function image(project: string, reason: string, platforms: readonly string[] = []): PlannedImage {
  return {
    id: `${project}:docker-build`,
    project,
    target: 'docker-build',
    image: project,
    dockerfile: `${project}/Dockerfile`,
    context: project,
    platforms,
    bases: [],
    inputDigest: '',
    reason,
  };
}

function plan(images: readonly PlannedImage[], unchanged: readonly PlannedImage[] = []): Plan {
  const job = ({ id, project }: PlannedImage) => ({
    id: project,
    name: project,
    platform: null,
    runner: 'x',
    images: [id],
  });
  return {
    version: 1,
    event: 'push',
    head: '',
    base: null,
    scope: 'images that differ',
    publish: true,
    images,
    unchanged,
    waves: images.length > 0 ? [images.map(job)] : [],
  };
}

const api = image('api', 'api/src/server.js changed (COPY src in line 7)', ['linux/amd64', 'linux/arm64']);

it('formats a plan for a terminal', () => {
  expect(formatPlan(plan([api, image('web', 'new image')], [image('db', '')]))).toBe(`Images that differ

WAVE  IMAGE  PLATFORMS                 WHY
0     api    linux/amd64, linux/arm64  api/src/server.js changed (COPY src in line 7)
0     web    its own                   new image

2 images to build in 2 jobs and 1 wave, 1 image unchanged
`);
  expect(formatPlan(plan([], [api]))).toBe('Images that differ\n\nNothing to build, 1 image unchanged\n');
});

it('formats a plan as Markdown', () => {
  expect(formatPlanSummary(plan([api]))).toBe(`### Images to build

Images that differ

| wave | image | platforms | why |
| ---: | --- | --- | --- |
| 0 | api | linux/amd64, linux/arm64 | api/src/server.js changed (COPY src in line 7) |

1 image to build in 1 job and 1 wave, 0 images unchanged
`);
  expect(formatPlanSummary(plan([]))).not.toContain('|');
});

it('lets nothing in a name or a reason become more than text', () => {
  const hostile = 'a|b\n# c <img src=x> [x](y) `$(z)` @me #1 \u2028**d** ~e~ _f_ \\| &lt; ![';
  const summary = formatPlanSummary(plan([image(hostile, hostile)]));
  const row = summary.split('\n')[6] ?? '';
  expect(row.match(/\|/g)).toHaveLength(5);
  expect(row.replace(/&#\d+;/g, '')).not.toMatch(/[<>[\]`*_~#@\\&!$]/);
  expect(summary.split('\n')).toHaveLength(10);
});

it('shows the first of very many images', () => {
  const summary = formatPlanSummary(
    plan(Array.from({ length: 1000 }, (_, index) => image(`i${index}`, 'x'))),
  );
  expect(summary.split('\n').filter((line) => line.startsWith('| 0'))).toHaveLength(300);
  expect(summary).toContain('\nand 700 images more\n');
});

describe('githubOutputs', () => {
  it('gives each wave of the workflow rows and a count', () => {
    expect(githubOutputs(plan([api]), 2)).toEqual([
      { name: 'publish', value: 'true' },
      { name: 'total', value: '1' },
      { name: 'wave_0', value: '[{"id":"api","name":"api","runner":"x"}]' },
      { name: 'count_0', value: '1' },
      { name: 'wave_1', value: '[]' },
      { name: 'count_1', value: '0' },
    ]);
  });

  it('refuses more waves than the workflow has', () => {
    const deep = { ...plan([api]), waves: [[], [], []] };
    expect(() => githubOutputs(deep, 2)).toThrow(
      /in 3 waves, and the workflow has 2 \(PLAN_LIMIT\)\n {2}Fix: run npx nx sync/,
    );
  });

  it('refuses more than GitHub takes', () => {
    const long = Array.from({ length: 5000 }, (_, index) => image(`${'x'.repeat(60)}${index}`, ''));
    expect(() => githubOutputs(plan(long), 1)).toThrow(
      /the 5000 jobs of the plan take \d+ bytes of outputs[\s\S]*PLAN_LIMIT/,
    );
  });

  it('writes each value between delimiters', () => {
    expect(
      formatOutputs(
        [
          { name: 'total', value: '1' },
          { name: 'wave_0', value: '[]' },
        ],
        'END',
      ),
    ).toBe('total<<END\n1\nEND\nwave_0<<END\n[]\nEND\n');
  });
});
