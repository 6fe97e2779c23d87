import { type EventKind, makeEvent } from '../../../packages/docker/src/core/simulate/make-event.js';
import { parseWorkflow } from '../../../packages/docker/src/core/simulate/parse-workflow.js';
import {
  type SimulatedJob,
  type SimulationOptions,
  simulateWorkflow,
} from '../../../packages/docker/src/core/simulate/simulate-workflow.js';
import type { WorkflowEvent } from '../../../packages/docker/src/core/simulate/workflow-event.js';

/** An event and a plan, and what must then become of the jobs. */
export interface ExpectedJobs {
  readonly title: string;
  readonly kind: EventKind;
  readonly event?: Partial<WorkflowEvent>;
  /** Images by wave. */
  readonly waves?: readonly (readonly string[])[];
  readonly publish?: boolean;
  /** The job that does not end well. */
  readonly failing?: string;
  /** One line for each job that runs: its jobs of a matrix, its permissions, and the steps that are left out. */
  readonly jobs: readonly string[];
}

const plan = 'plan [contents: read, packages: read]';
const withLogin = `${plan} without sync:check`;
const withoutLogin = `${plan} without login`;
const access = '[contents: read, packages: write]';
const publish =
  'publish [attestations: write, contents: read, id-token: write, packages: write] in docker-publish';
const references = 'references [contents: write, packages: read] in docker-references';
const gate = 'images []';
const waves = [['alone', 'base'], ['app']];

export const expectedJobs: readonly ExpectedJobs[] = [
  {
    title: 'a push with images in two waves',
    kind: 'push',
    waves,
    jobs: [withLogin, `build_0 alone, base ${access}`, `build_1 app ${access}`, publish, references, gate],
  },
  {
    title: 'a push with images in the second wave only',
    kind: 'push',
    waves: [[], ['app']],
    jobs: [withLogin, `build_1 app ${access}`, publish, references, gate],
  },
  {
    title: 'a push that builds nothing, but gives names',
    kind: 'push',
    jobs: [withLogin, publish, references, gate],
  },
  {
    title: 'a push with nothing to publish',
    kind: 'push',
    publish: false,
    jobs: [withLogin, gate],
  },
  {
    title: 'a push to another branch',
    kind: 'push',
    event: { ref: 'refs/heads/feature' },
    jobs: [],
  },
  {
    title: 'a push whose plan fails',
    kind: 'push',
    waves,
    failing: 'plan',
    jobs: [withLogin, gate],
  },
  {
    title: 'a push with a failed image',
    kind: 'push',
    waves,
    failing: 'build_0',
    jobs: [withLogin, `build_0 alone, base ${access}`, gate],
  },
  {
    title: 'a push with a failed image in the second wave',
    kind: 'push',
    waves,
    failing: 'build_1',
    jobs: [withLogin, `build_0 alone, base ${access}`, `build_1 app ${access}`, gate],
  },
  {
    title: 'a push whose names cannot be given',
    kind: 'push',
    waves: [['alone'], []],
    failing: 'publish',
    jobs: [withLogin, `build_0 alone ${access}`, publish, gate],
  },
  {
    title: 'a pull request',
    kind: 'pull-request',
    waves: [['alone', 'base', 'app'], []],
    publish: false,
    jobs: [withoutLogin, 'check alone, base, app [contents: read]', gate],
  },
  {
    title: 'a pull request without images',
    kind: 'pull-request',
    publish: false,
    jobs: [withoutLogin, gate],
  },
  {
    title: 'a pull request whose plan asks to publish',
    kind: 'pull-request',
    waves: [['alone'], ['app']],
    jobs: [withoutLogin, 'check alone [contents: read]', gate],
  },
  {
    title: 'a pull request out of a fork',
    kind: 'fork',
    waves: [['alone'], []],
    publish: false,
    jobs: [withoutLogin, 'check alone [contents: read]', gate],
  },
  {
    title: 'a pull request of Dependabot',
    kind: 'pull-request',
    event: { actor: 'dependabot[bot]' },
    waves: [['alone'], []],
    publish: false,
    jobs: [withoutLogin, 'check alone [contents: read]', gate],
  },
  {
    title: 'a merge queue',
    kind: 'merge-group',
    waves: [['base', 'app'], []],
    publish: false,
    jobs: [withoutLogin, 'check base, app [contents: read]', gate],
  },
  {
    title: 'a tag',
    kind: 'tag',
    waves: [[], ['app']],
    jobs: [withLogin, `build_1 app ${access}`, publish, gate],
  },
  {
    title: 'a run by hand',
    kind: 'dispatch',
    waves: [['alone'], []],
    jobs: [withLogin, `build_0 alone ${access}`, publish, references, gate],
  },
];

/** What an evaluation of the workflow shows that was not expected, one line each. */
export function unexpectedJobs(text: string): string[] {
  return expectedJobs.flatMap((expected) => {
    const found = simulatedJobs(text, expected);
    const missing = expected.jobs.filter((line) => !found.includes(line)).map((line) => `no ${line}`);
    const added = found.filter((line) => !expected.jobs.includes(line));
    return [...missing, ...added].map((line) => `${expected.title}: ${line}`);
  });
}

/** The groups of a pull request and of two pushes: only pull requests cancel each other. */
export function unexpectedGroups(text: string): string[] {
  const workflow = parseWorkflow(text, 'docker.yml');
  const groupOf = (kind: EventKind, runId: number) => {
    const run = { runId, runNumber: runId, runAttempt: 1, serverUrl: 'https://github.com' };
    return simulateWorkflow({ workflow, event: eventOf(kind), run }).concurrency;
  };
  const complaints: string[] = [];
  const [one, other] = [groupOf('push', 1), groupOf('push', 2)];
  if (one && one.group === other?.group) complaints.push('a push waits for another one, or takes its place');
  if (one?.cancelInProgress) complaints.push('a push cancels what runs');
  const [older, newer] = [groupOf('pull-request', 1), groupOf('pull-request', 2)];
  if (older?.group !== newer?.group || !newer?.cancelInProgress)
    complaints.push('a newer push of a pull request does not cancel the older one');
  return complaints;
}

function simulatedJobs(
  text: string,
  { kind, event, waves = [[], []], publish = true, failing }: ExpectedJobs,
): string[] {
  const outputs: Record<string, Record<string, string>> = {
    'plan plan': planOutputs(waves, publish),
    'publish publish': { subjects: '1' },
  };
  const options: SimulationOptions = {
    workflow: parseWorkflow(text, 'docker.yml'),
    event: { ...eventOf(kind), ...event },
    outputsOf: (job, step) => (failing === 'plan' ? {} : (outputs[`${job} ${step}`] ?? {})),
    resultOf: (job) => (job === failing ? 'failure' : 'success'),
  };
  const { jobs } = simulateWorkflow(options);
  return jobs.filter(({ state }) => state !== 'skipped').map(lineOf);
}

/** As `matrix --github-output` writes them. */
export function planOutputs(waves: readonly (readonly string[])[], publish: boolean): Record<string, string> {
  const outputs = waves.flatMap((ids, wave) => [
    [`wave_${wave}`, JSON.stringify(ids.map((id) => ({ id, name: id, runner: 'ubuntu-24.04' })))],
    [`count_${wave}`, String(ids.length)],
  ]);
  return { publish: String(publish), total: String(waves.flat().length), ...Object.fromEntries(outputs) };
}

function eventOf(kind: EventKind): WorkflowEvent {
  const [head, base] = ['a', 'b'].map((digit) => digit.repeat(40)) as [string, string];
  return makeEvent({ kind, repository: 'acme/shop', defaultBranch: 'main', head, base });
}

function lineOf({ id, state, because, instances, permissions }: SimulatedJob): string {
  if (state === 'fails') return `${id} fails: ${because}`;
  const [first] = instances;
  const rows = instances.flatMap(({ row }) => (row?.id === undefined ? [] : [String(row.id)]));
  const scopes = Object.entries(permissions).map(([scope, level]) => `${scope}: ${level}`);
  const skipped = first?.steps
    .filter(({ runs }) => !runs)
    .map(({ name }) => shortNames.find((each) => name.includes(each)) ?? name);
  const notes = [
    ...(skipped && skipped.length > 0 ? [`without ${skipped.join(', ')}`] : []),
    ...(first?.concurrency
      ? [`in ${first.concurrency.group}${first.concurrency.cancelInProgress ? ', cancelling' : ''}`]
      : []),
  ];
  return [id, rows.join(', '), `[${scopes.join(', ')}]`, ...notes].filter((part) => part !== '').join(' ');
}

const shortNames = ['sync:check', 'login'];
