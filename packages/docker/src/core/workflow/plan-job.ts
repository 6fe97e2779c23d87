import { buildJobs, isTrusted, isUntrusted, type Job } from './github-jobs.js';
import { asStep, type JobContext, loginSteps, prepareSteps, runCommand, uploadStep } from './github-steps.js';
import { execPrefix } from './package-manager.js';
import { region } from './regions.js';
import { shellWord } from './yaml-text.js';

/** The job that decides what the others do. */
export function planJob(context: JobContext): Job {
  const { shape, settings } = context;
  const waves = settings.isSingle ? [] : buildJobs(context).map((_, wave) => wave);
  const names = ['publish', 'total', ...waves.flatMap((wave) => [`wave_${wave}`, `count_${wave}`])];
  return {
    id: 'plan',
    comment: ['Which images have to be built, and in which order.'],
    needs: [],
    runner: settings.runner,
    timeoutMinutes: 15,
    permissions: [
      'contents: read',
      ...(settings.usesGithubRegistry ? ['packages: read # asks the registry what is published'] : []),
    ],
    // Ids, names and runners only: outputs have a limit of 1 MB, and one that holds a secret is dropped silently.
    outputs: names.map((name) => `${name}: \${{ steps.plan.outputs.${name} }}`),
    steps: [
      prepareSteps(context, { full: true, cached: true }),
      region('plan steps'),
      '# Fails where this file no longer fits the images: run nx sync and commit what it changes.',
      asStep([`if: \${{ ${isUntrusted} }}`, `run: ${execPrefix(shape.packageManager)} nx sync:check`]),
      loginSteps(context, isTrusted(context)),
      '# The event, its commits and the inputs are read from the event file; no usable base means all images.',
      asStep(['id: plan', ...runCommand(matrixWords(context))]),
      uploadStep(context, 'plan', 'plan', 7),
    ],
  };
}

function matrixWords({ shape, settings }: JobContext): string[] {
  return [
    `${settings.cli} matrix --publish --github-output`,
    '--out "$RUNNER_TEMP/plan/plan.json"',
    `--waves ${shape.waves}`,
    `--max-jobs ${settings.maxJobs}`,
    ...Object.entries(settings.runners).map(
      ([platform, runner]) => `--runner ${shellWord(`${platform}=${runner}`)}`,
    ),
  ];
}
