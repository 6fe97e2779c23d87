import { buildJobs, type Job } from './github-jobs.js';
import { asStep, type JobContext } from './github-steps.js';
import { indent, scalar } from './yaml-text.js';

/**
 * The only job to be required: it always runs, its name never changes, and it fails where a job failed, was cancelled,
 * or was skipped although the plan asked for it.
 *
 * @param others Jobs that were added by hand.
 */
export function gateJob(context: JobContext, others: readonly string[]): Job {
  const { settings } = context;
  const builds = buildJobs(context);
  const hasReferences = settings.references !== 'none';
  const jobs = ['plan', 'check', ...builds, 'publish', ...(hasReferences ? ['references'] : [])];
  const counts = settings.isSingle ? ['total'] : builds.map((_, wave) => `count_${wave}`);
  return {
    id: 'images',
    comment: [
      'Make this the required check. It always runs, and fails where a job failed, was cancelled, or was skipped',
      'although the plan asked for it.',
    ],
    if: 'always()',
    needs: [...jobs, ...others],
    runner: settings.runner,
    timeoutMinutes: 5,
    permissions: [],
    steps: asStep([
      'env:',
      ...indent(2, [
        "RESULTS: ${{ join(needs.*.result, ' ') }}",
        ...jobs.map((job) => `${variable(job)}: \${{ needs.${job}.result }}`),
        ...counts.map((name) => `${variable(name)}: \${{ needs.plan.outputs.${name} }}`),
        'WANT_PUBLISH: ${{ needs.plan.outputs.publish }}',
        ...(hasReferences ? [`BRANCH_REF: ${scalar(`refs/heads/${settings.branch}`)}`] : []),
      ]),
      'run: |',
      ...indent(2, script({ builds, counts, hasReferences })),
    ]),
  };
}

interface Parts {
  readonly builds: readonly string[];
  readonly counts: readonly string[];
  readonly hasReferences: boolean;
}

function script({ builds, counts, hasReferences }: Parts): string[] {
  const first = variable(counts[0] ?? '');
  return [
    'fail() { echo "::error::$1"; exit 1; }',
    'echo "results: $RESULTS"',
    '[[ $PLAN == success ]] || fail "plan: $PLAN"',
    '# An output that holds a secret is dropped, and a matrix without entries is skipped in silence.',
    ...counts.map((name) => `[[ $${variable(name)} =~ ^[0-9]+$ ]] || fail 'the plan has no ${name}'`),
    "[[ $WANT_PUBLISH == true || $WANT_PUBLISH == false ]] || fail 'the plan does not say whether to publish'",
    'for result in $RESULTS; do',
    '  [[ $result == success || $result == skipped ]] || fail "a job ended as $result"',
    'done',
    'case $GITHUB_EVENT_NAME in',
    '  pull_request | merge_group)',
    `    [[ $${first} == 0 || $CHECK == success ]] || fail "there are images to build, but check: $CHECK"`,
    '    ;;',
    '  *)',
    ...builds.map((job, wave) => {
      const name = `$${variable(job)}`;
      return `    [[ $${variable(counts[wave] ?? '')} == 0 || ${name} == success ]] || fail "there are images to build, but ${job}: ${name}"`;
    }),
    '    [[ $WANT_PUBLISH != true || $PUBLISH == success ]] || fail "there are images to publish, but publish: $PUBLISH"',
    ...(hasReferences
      ? [
          '    [[ $WANT_PUBLISH != true || $GITHUB_REF != "$BRANCH_REF" || $REFERENCES == success ]] ||',
          '      fail "images were published, but references: $REFERENCES"',
        ]
      : []),
    '    ;;',
    'esac',
    "echo 'All images are as planned.'",
  ];
}

function variable(name: string): string {
  return name.toUpperCase();
}
