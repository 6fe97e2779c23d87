/** A fault in the generated workflow, and who has to notice it. */
export interface Mutation {
  readonly title: string;
  /** The job whose part of the text is changed; left out for what stands above the jobs. */
  readonly job?: string;
  /** What is replaced; it must be there exactly once. */
  readonly find: string;
  readonly by: string;
  readonly noticedBy: Partial<Readonly<Record<Layer, RegExp>>>;
  /** For `run`: what happens; by default only the workflow itself is pushed, so that nothing is built. */
  readonly scenario?: Scenario;
}

export type Scenario = 'push' | 'push-image' | 'pull-request' | 'dispatch';

/**
 * `policy`: the rules of this project. `jobs`: which jobs run for which event. `groups`: who waits for whom. `gate`: what
 * its script says. `run`: what becomes of a real run.
 */
export type Layer = 'policy' | 'actionlint' | 'languageService' | 'jobs' | 'groups' | 'gate' | 'run';

const isPush = "(github.event_name == 'push' || github.event_name == 'workflow_dispatch')";
const done = (job: string) => ` && contains(fromJSON('["success","skipped"]'), needs.${job}.result)`;

export const mutations: readonly Mutation[] = [
  {
    title: 'an image cannot be pushed',
    job: 'build_0',
    find: '      packages: write # pushes by digest\n',
    by: '',
    scenario: 'push-image',
    noticedBy: {
      policy: /build_0: lacks packages: write/,
      jobs: /no build_0 .*packages: write/,
      run: /build_0: failure .*not allowed to Write/s,
    },
  },
  {
    title: 'manifests cannot be pushed',
    job: 'references',
    find: 'contents: write',
    by: 'contents: read',
    noticedBy: {
      policy: /references: lacks contents: write/,
      jobs: /references \[contents: read/,
      run: /references: failure .*403/s,
    },
  },
  {
    title: 'nothing can be signed',
    job: 'publish',
    find: '      id-token: write # signs; no image is built here\n',
    by: '',
    noticedBy: { policy: /publish: lacks id-token: write/, jobs: /no publish .*id-token: write/ },
  },
  {
    title: 'the plan may write to the repository',
    job: 'plan',
    find: 'contents: read',
    by: 'contents: write',
    noticedBy: { policy: /plan: may write contents/, jobs: /plan \[contents: write/ },
  },
  {
    title: 'a pull request may push images',
    job: 'check',
    find: '      contents: read\n',
    by: '      contents: read\n      packages: write\n',
    noticedBy: { policy: /check: may write packages/, jobs: /check .*packages: write/ },
  },
  {
    title: 'every job gets the rights of the repository',
    find: '\npermissions: {}\n',
    by: '\n',
    noticedBy: { policy: /gives all jobs a right/ },
  },
  {
    title: 'no guard against an empty matrix',
    job: 'build_0',
    find: " && needs.plan.outputs.count_0 != '0'",
    by: '',
    noticedBy: { policy: /no guard against an empty matrix/, jobs: /build_0 fails: Matrix must define/ },
  },
  {
    title: 'no guard in a pull request',
    job: 'check',
    find: " && needs.plan.outputs.count_0 != '0'",
    by: '',
    noticedBy: { jobs: /a pull request without images: check fails/ },
  },
  {
    title: 'the second wave is skipped with the first',
    job: 'build_1',
    find: '!cancelled() && ',
    by: '',
    noticedBy: { policy: /build_1: is skipped/, jobs: /the second wave only: no build_1/ },
  },
  {
    title: 'publish is skipped with a wave',
    job: 'publish',
    find: '!cancelled() && ',
    by: '',
    noticedBy: { policy: /publish: is skipped/, jobs: /gives names: no publish/ },
  },
  {
    title: 'references are skipped with a wave',
    job: 'references',
    find: '!cancelled() && ',
    by: '',
    noticedBy: { jobs: /gives names: no references/ },
  },
  {
    title: 'the second wave starts from images that were not built',
    job: 'build_1',
    find: done('build_0'),
    by: '',
    noticedBy: { policy: /does not ask how build_0 ended/, jobs: /a failed image: build_1/ },
  },
  {
    title: 'names are given after a failure',
    job: 'publish',
    find: done('build_1'),
    by: '',
    noticedBy: { policy: /does not ask how build_1 ended/, jobs: /failed image in the second wave: publish/ },
  },
  {
    title: 'manifests follow a failed publish',
    job: 'references',
    find: "needs.publish.result == 'success' && ",
    by: '',
    noticedBy: { policy: /references: can write, for any event/, jobs: /names cannot be given: references/ },
  },
  {
    title: 'tags write into the manifests of main',
    job: 'references',
    find: " && github.ref == 'refs/heads/main'",
    by: '',
    noticedBy: { jobs: /a tag: references/ },
  },
  {
    title: 'a pull request pushes images',
    job: 'build_0',
    find: "(github.event_name == 'push' ||",
    by: "(github.event_name == 'push' || github.event_name == 'pull_request' ||",
    noticedBy: { policy: /can write, for pull requests/, jobs: /a pull request: build_0/ },
  },
  {
    title: 'a plan of a pull request decides about publishing',
    job: 'publish',
    find: `${isPush} && `,
    by: '',
    noticedBy: { policy: /can write, for any event/, jobs: /whose plan asks to publish: publish/ },
  },
  {
    title: 'a condition of two expressions, which is always true',
    job: 'publish',
    find: " && needs.plan.outputs.publish == 'true'",
    by: " }} && ${{ needs.plan.outputs.publish == 'true'",
    noticedBy: { jobs: /nothing to publish: publish/, actionlint: /always evaluated to true/ },
  },
  {
    title: 'a misspelled context',
    job: 'check',
    find: 'needs.plan.outputs.count_0',
    by: 'need.plan.outputs.count_0',
    noticedBy: { jobs: /check fails: Unrecognized named-value/, actionlint: /undefined variable "need"/ },
  },
  {
    title: 'a pull request logs in',
    job: 'plan',
    find: `- if: \${{ ${isPush} }}\n        uses`,
    by: '- uses',
    noticedBy: { policy: /plan: logs in for any event/, jobs: /no plan .*without login/ },
  },
  {
    title: 'a run of foreign code with all rights',
    find: '  pull_request:\n',
    by: '  pull_request_target:\n',
    noticedBy: { policy: /pull_request_target/, jobs: /a pull request: no check/ },
  },
  {
    title: 'no run in the merge queue',
    find: '  merge_group:\n',
    by: '',
    noticedBy: { policy: /does not run on merge_group/, jobs: /a merge queue: no check/ },
  },
  {
    title: 'no run for a tag',
    find: '    tags: ["v*"]\n',
    by: '',
    noticedBy: { jobs: /a tag: no publish/ },
  },
  {
    title: 'a filter by paths',
    find: '    branches: [main]\n',
    by: "    branches: [main]\n    paths: ['api/**']\n",
    noticedBy: { policy: /filters by paths/ },
  },
  {
    title: 'the gate is skipped after a failure',
    job: 'images',
    find: '    if: ${{ always() }}\n',
    by: '',
    noticedBy: {
      policy: /does not always run/,
      jobs: /whose plan fails: no images/,
      gate: /passes: the plan failed/,
    },
  },
  {
    title: 'the gate does not wait for a job',
    job: 'images',
    find: ' build_1,',
    by: '',
    noticedBy: { policy: /does not wait for build_1/, gate: /fails: all jobs of a push succeeded/ },
  },
  {
    title: 'the gate looks at no result',
    job: 'images',
    find: '[[ $result == success || $result == skipped ]] || fail "a job ended as $result"',
    by: 'echo "$result"',
    noticedBy: { gate: /passes: a job that was added by hand failed/ },
  },
  {
    title: 'the gate takes a skipped publish for done',
    job: 'images',
    find: '$PUBLISH == success',
    by: '$PUBLISH != failure',
    noticedBy: { gate: /passes: publish of a tag was skipped/ },
  },
  {
    title: 'a renamed output',
    job: 'plan',
    find: '      wave_0: ',
    by: '      wave0: ',
    noticedBy: { policy: /no output wave_0/, jobs: /build_0 fails: .*empty input/ },
  },
  {
    title: 'an output of a step that is not there',
    job: 'plan',
    find: 'steps.plan.outputs.count_1',
    by: 'steps.plans.outputs.count_1',
    noticedBy: { jobs: /build_1 fails: Matrix must define/, actionlint: /property "plans" is not defined/ },
  },
  {
    title: 'signing is skipped in silence',
    job: 'publish',
    find: 'steps.publish.outputs.subjects',
    by: 'steps.publish.outputs.nothing',
    noticedBy: { jobs: /without actions\/attest/ },
  },
  {
    title: 'all records have one name',
    job: 'build_0',
    find: 'name: records-${{ matrix.id }}',
    by: 'name: records-build',
    noticedBy: { policy: /gives the artifacts of all entries one name/ },
  },
  {
    title: 'records under a name that nobody looks for',
    job: 'publish',
    find: 'pattern: records-*',
    by: 'pattern: record-*',
    scenario: 'push-image',
    noticedBy: { policy: /takes the artifacts record-\*/, run: /publish: failure .*RECORD_MISSING/s },
  },
  {
    title: 'references look for another artifact',
    job: 'publish',
    find: '          name: published\n',
    by: '          name: publish\n',
    noticedBy: { run: /references: failure/ },
  },
  {
    title: 'a second attempt cannot leave its records',
    job: 'build_0',
    find: '          overwrite: true\n',
    by: '',
    noticedBy: { policy: /fails when it runs a second time/ },
  },
  {
    title: 'a plan without the history',
    job: 'plan',
    find: '          fetch-depth: 0\n',
    by: '',
    noticedBy: { policy: /plan: lacks the history/ },
  },
  {
    title: 'no credentials to push manifests with',
    job: 'references',
    find: 'persist-credentials: true',
    by: 'persist-credentials: false',
    noticedBy: { policy: /keeps no credentials to push with/, run: /references: failure/ },
  },
  {
    title: 'credentials beside code of the workspace',
    job: 'build_0',
    find: '          persist-credentials: false\n',
    by: '',
    noticedBy: { policy: /does not say whether git keeps/ },
  },
  {
    title: 'a failure that is swallowed',
    job: 'build_1',
    find: '          --push\n',
    by: '          --push || true\n',
    noticedBy: { policy: /build_1: swallows a failure/ },
  },
  {
    title: 'a branch name in a script',
    job: 'plan',
    find: 'npx --no-install nx sync:check',
    by: 'echo "${{ github.head_ref }}"',
    scenario: 'pull-request',
    noticedBy: {
      policy: /expression in a script/,
      actionlint: /github\.head_ref.*untrusted/,
      run: /MARK was made by plan/,
    },
  },
  {
    title: 'an input in a script',
    job: 'plan',
    find: '          --out "$RUNNER_TEMP/plan/plan.json"\n',
    by: '          --projects "${{ inputs.images }}" --out "$RUNNER_TEMP/plan/plan.json"\n',
    scenario: 'dispatch',
    noticedBy: { policy: /expression in a script/, run: /MARK was made by plan/ },
  },
  {
    title: 'an action that can move',
    job: 'check',
    find: '@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
    by: '@v7',
    noticedBy: { policy: /actions\/checkout@v7 is not at a commit/ },
  },
  {
    title: 'no timeout',
    job: 'build_0',
    find: '    timeout-minutes: 60\n',
    by: '',
    noticedBy: { policy: /build_0: has no timeout/ },
  },
  {
    title: 'scripts that go on inside of a pipe',
    find: '    shell: bash',
    by: '    shell: sh',
    noticedBy: { policy: /without pipefail/ },
  },
  {
    title: 'a push cancels the one before',
    find: "cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
    by: 'cancel-in-progress: true',
    noticedBy: { groups: /a push cancels what runs/ },
  },
  {
    title: 'a push takes the place of one that waits',
    find: '|| github.run_id }}',
    by: '|| github.ref }}',
    noticedBy: { groups: /waits for another one/ },
  },
  {
    title: 'two runs publish at once',
    job: 'publish',
    find: 'group: docker-publish',
    by: 'group: docker-publish-${{ github.run_id }}',
    noticedBy: { jobs: /no publish .*in docker-publish/ },
  },
  {
    title: 'a newer run cancels names that are being given',
    job: 'publish',
    find: 'cancel-in-progress: false',
    by: 'cancel-in-progress: true',
    noticedBy: { policy: /does not wait for the same job/, jobs: /docker-publish, cancelling/ },
  },
];

/**
 * The text with its fault.
 *
 * @throws Error where the text to be replaced is not there exactly once.
 */
export function mutate(text: string, { job, find, by }: Mutation): string {
  const [start, end] = job === undefined ? [0, text.indexOf('\njobs:\n')] : jobRange(text, job);
  const part = text.slice(start, end);
  const count = part.split(find).length - 1;
  if (count !== 1) throw new Error(`${JSON.stringify(find)} is there ${count} times in ${job ?? 'the head'}`);
  return text.slice(0, start) + part.replace(find, () => by) + text.slice(end);
}

/** From a job's key to the next one. */
function jobRange(text: string, job: string): [number, number] {
  const start = text.indexOf(`\n  ${job}:\n`);
  if (start === -1) throw new Error(`no job ${job}`);
  const next = text.slice(start + 1).search(/\n {2}\w+:\n/);
  return [start, next === -1 ? text.length : start + 1 + next];
}
