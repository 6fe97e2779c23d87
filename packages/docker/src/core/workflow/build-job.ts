import { buildJobs, isDone, isTrusted, type Job } from './github-jobs.js';
import {
  asStep,
  cacheTokenStep,
  downloadStep,
  emulationStep,
  type JobContext,
  loginSteps,
  prepareSteps,
  runCommand,
  uploadStep,
  useAction,
} from './github-steps.js';
import { region } from './regions.js';
import { indent, type Lines } from './yaml-text.js';

/** Builds and pushes the images of one wave, by digest only: no name moves before all are there. */
export function buildJob(context: JobContext, wave: number): Job {
  const { settings } = context;
  const { isSingle } = settings;
  const id = `build_${wave}`;
  return {
    id,
    comment: describe(context, wave),
    ...(!isSingle && { name: 'build ${{ matrix.name }}', matrix: `wave_${wave}` }),
    needs: ['plan', ...buildJobs(context).slice(0, wave)],
    if: condition(context, wave),
    runner: isSingle ? settings.runner : '${{ matrix.runner }}',
    timeoutMinutes: settings.timeoutMinutes,
    permissions: [
      'contents: read',
      ...(settings.usesGithubRegistry ? ['packages: write # pushes by digest'] : []),
    ],
    steps: [
      '# No package cache where something is published: what it restores was reviewed by nobody.',
      prepareSteps(context, {}),
      region(`${id} steps`),
      downloadStep(context, 'plan', 'plan'),
      wave > 0 && downloadStep(context, 'records-*', 'records'),
      isSingle ? singleSteps(context) : matrixSteps(context),
    ],
  };
}

function describe({ settings, shape }: JobContext, wave: number): string[] {
  if (settings.isSingle) return ['Pushes without a name; names are given only when all images are there.'];
  if (wave > 0) return [`Images that start from images of wave ${wave - 1}.`];
  return [
    shape.waves > 1
      ? 'Images that start from no other image of this repository, or from unchanged ones.'
      : 'One job for each image and platform.',
    'Pushed without a name; names are given only when all images are there.',
  ];
}

/** A skipped need skips its dependants, unless their condition asks for the status itself. */
function condition(context: JobContext, wave: number): string {
  const some = context.settings.isSingle ? 'total' : `count_${wave}`;
  const terms = [isTrusted(context), `needs.plan.outputs.${some} != '0'`];
  if (wave === 0) return terms.join(' && ');
  const earlier = buildJobs(context).slice(0, wave);
  return ['!cancelled()', "needs.plan.result == 'success'", ...earlier.map(isDone), ...terms].join(' && ');
}

const job = ['--plan "$RUNNER_TEMP/plan/plan.json"', '--job "$JOB_ID"'];
const ofMatrix = ['env:', '  JOB_ID: ${{ matrix.id }}'];

function matrixSteps(context: JobContext): Lines {
  const { cli, cache } = context.settings;
  return [
    '# Nx tasks that the images depend on, before the login: they never see a credential.',
    asStep([...ofMatrix, ...runCommand([`${cli} ci prepare`, ...job])]),
    engineSteps(context),
    asStep([
      ...ofMatrix,
      ...runCommand([
        `${cli} ci build`,
        ...job,
        '--records "$RUNNER_TEMP/records"',
        '--out "$RUNNER_TEMP/records-out"',
        '--push',
        `--cache ${cache}`,
        cache !== 'none' && '--cache-write',
      ]),
    ]),
    '# The outputs of a matrix overwrite each other, so that records travel as artifacts.',
    uploadStep(context, 'records-${{ matrix.id }}', 'records-out', 7),
  ];
}

/** All jobs of the plan one after the other; each finds the records of those before it. */
function singleSteps(context: JobContext): Lines {
  const { cli, cache } = context.settings;
  const plan = '--plan "$RUNNER_TEMP/plan/plan.json" --job "$job"';
  const records = '--records "$RUNNER_TEMP/records" --out "$RUNNER_TEMP/records"';
  const write = cache === 'none' ? '' : ' --cache-write';
  return [
    '# Nx tasks that the images depend on, before the login: they never see a credential.',
    asStep(forEachJob([`${cli} ci prepare ${plan}`])),
    engineSteps(context),
    asStep(forEachJob([`${cli} ci build ${plan} ${records} --push --cache ${cache}${write}`])),
    uploadStep(context, 'records-all', 'records', 7),
  ];
}

/** Ids of jobs hold nothing that a shell could take apart. */
function forEachJob(commands: readonly string[]): string[] {
  const program = 'console.log(require(process.argv[1]).waves.flat().map(({ id }) => id).join(" "))';
  return [
    'run: |',
    ...indent(2, [
      `jobs="$(node --eval '${program}' "$RUNNER_TEMP/plan/plan.json")"`,
      'for job in $jobs; do',
      ...indent(2, commands),
      'done',
    ]),
  ];
}

function engineSteps(context: JobContext): Lines {
  return [
    emulationStep(context),
    useAction(context, 'docker/setup-buildx-action', { with: ['cache-binary: false'] }),
    loginSteps(context),
    cacheTokenStep(context),
  ];
}
