import { isUntrusted, type Job } from './github-jobs.js';
import {
  asStep,
  cacheTokenStep,
  downloadStep,
  emulationStep,
  type JobContext,
  prepareSteps,
  runCommand,
  useAction,
} from './github-steps.js';
import { execPrefix } from './package-manager.js';
import { region } from './regions.js';
import { indent, type Lines, shellWord } from './yaml-text.js';

/** Builds what a pull request or the merge queue changes, and publishes nothing. */
export function checkJob(context: JobContext): Job {
  const { settings } = context;
  const { isSingle } = settings;
  return {
    id: 'check',
    comment: [
      'Pull requests, from forks too, and the merge queue: a token that can only read, no login, no secret, no push.',
      'Images that an image starts from are built in the same job.',
    ],
    ...(!isSingle && { name: 'check ${{ matrix.name }}', matrix: 'wave_0' }),
    needs: ['plan'],
    if: `${isUntrusted} && needs.plan.outputs.${isSingle ? 'total' : 'count_0'} != '0'`,
    runner: isSingle ? settings.runner : '${{ matrix.runner }}',
    timeoutMinutes: settings.timeoutMinutes,
    permissions: ['contents: read'],
    steps: isSingle ? singleSteps(context) : matrixSteps(context),
  };
}

function matrixSteps(context: JobContext): Lines {
  const { cli, cache } = context.settings;
  return [
    prepareSteps(context, { cached: true }),
    region('check steps'),
    downloadStep(context, 'plan', 'plan'),
    emulationStep(context),
    engineStep(context),
    cacheTokenStep(context),
    '# Reads the cache of the main branch and writes none: only this pull request could read it.',
    asStep([
      'env:',
      '  JOB_ID: ${{ matrix.id }}',
      ...runCommand([
        `${cli} ci build`,
        '--plan "$RUNNER_TEMP/plan/plan.json"',
        '--job "$JOB_ID"',
        '--out "$RUNNER_TEMP/records-out"',
        `--cache ${cache}`,
      ]),
    ]),
  ];
}

function singleSteps(context: JobContext): Lines {
  const { packageManager, targets } = context.shape;
  const nx = `${execPrefix(packageManager)} nx`;
  const names = targets.map(shellWord).join(' ');
  return [
    prepareSteps(context, { cached: true, full: true }),
    region('check steps'),
    downloadStep(context, 'plan', 'plan'),
    emulationStep(context),
    engineStep(context),
    asStep([
      'run: |',
      ...indent(2, [
        `base="$(node --print 'require(process.argv[1]).base ?? ""' "$RUNNER_TEMP/plan/plan.json")"`,
        'if [[ $base ]]; then',
        `  ${nx} affected -t ${names} --base="$base" --head=HEAD`,
        'else',
        `  ${nx} run-many -t ${names}`,
        'fi',
      ]),
    ]),
  ];
}

/**
 * A builder in a container sees no image of the engine, so that nothing could start from an image that was just built;
 * the engine's own can, and with containerd's image store it can do all that the other does.
 */
function engineStep(context: JobContext): Lines {
  const { shape, settings } = context;
  if (shape.waves === 1 && !settings.isSingle) return useAction(context, 'docker/setup-buildx-action');
  return useAction(context, 'docker/setup-docker-action', {
    with: ['daemon-config: |', ...indent(2, ['{ "features": { "containerd-snapshotter": true } }'])],
  });
}
