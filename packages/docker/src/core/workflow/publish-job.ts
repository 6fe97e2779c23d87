import { buildJobs, isDone, isTrusted, type Job } from './github-jobs.js';
import {
  asStep,
  downloadStep,
  type JobContext,
  loginSteps,
  prepareSteps,
  runCommand,
  uploadStep,
  useAction,
} from './github-steps.js';
import { region } from './regions.js';

/** Gives all images their names at once, after every one was pushed. */
export function publishJob(context: JobContext): Job {
  const { shape, settings } = context;
  const builds = buildJobs(context);
  const attest = shape.options.attest === true;
  const { signing } = shape;
  return {
    id: 'publish',
    comment: [
      'Everything is built: joins the platforms of each image and gives the names, all or none. One run at a time. A',
      'waiting run may be replaced by a newer one, which builds and names whatever the registry still lacks.',
    ],
    needs: ['plan', ...builds],
    if: [
      '!cancelled()',
      isTrusted(context),
      "needs.plan.result == 'success'",
      "needs.plan.outputs.publish == 'true'",
      ...builds.map(isDone),
    ].join(' && '),
    runner: settings.runner,
    timeoutMinutes: 30,
    concurrency: 'docker-publish',
    permissions: [
      'contents: read',
      ...(settings.usesGithubRegistry ? ['packages: write # names'] : []),
      ...(attest || signing?.keyless ? ['id-token: write # signs; no image is built here'] : []),
      ...(attest ? ['attestations: write'] : []),
    ],
    steps: [
      '# All of the history: a name never moves back to an older commit.',
      prepareSteps(context, { full: true }),
      region('publish steps'),
      downloadStep(context, 'plan', 'plan'),
      downloadStep(context, 'records-*', 'records'),
      loginSteps(context),
      signing && useAction(context, 'sigstore/cosign-installer'),
      asStep([
        'id: publish',
        'env:',
        '  GITHUB_TOKEN: ${{ github.token }} # asks where the branch stands now',
        signing?.secrets.map((name) => `  ${name}: \${{ secrets.${name} }}`),
        ...runCommand([
          `${settings.cli} ci publish`,
          '--plan "$RUNNER_TEMP/plan/plan.json"',
          '--records "$RUNNER_TEMP/records"',
          '--out "$RUNNER_TEMP/published"',
        ]),
      ]),
      attest &&
        useAction(context, 'actions/attest', {
          if: "steps.publish.outputs.subjects != '0'",
          with: ['subject-checksums: ${{ runner.temp }}/published/subjects.txt'],
        }),
      uploadStep(context, 'published', 'published', 30),
    ],
  };
}
