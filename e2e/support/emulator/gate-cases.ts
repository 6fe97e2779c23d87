import { evaluateJob } from '../../../packages/docker/src/core/simulate/evaluate-job.js';
import type { JobResult, WorkflowRun } from '../../../packages/docker/src/core/simulate/job-scope.js';
import { type EventKind, makeEvent } from '../../../packages/docker/src/core/simulate/make-event.js';
import { parseWorkflow } from '../../../packages/docker/src/core/simulate/parse-workflow.js';
import { planOutputs } from './expected-jobs.js';
import type { Github } from './github.js';
import { runInstance } from './run-instance.js';

/** Results of jobs, and what the gate has to say about them. */
interface GateCase {
  readonly title: string;
  readonly kind: EventKind;
  /** Those that are not named are skipped. */
  readonly results: Readonly<Record<string, JobResult>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly passes: boolean;
}

const all = planOutputs([['alone', 'base'], ['app']], true);
const none = planOutputs([[], []], true);
const check = planOutputs([['alone'], []], false);
const built = { plan: 'success', build_0: 'success', build_1: 'success' } as const;
const published = { ...built, publish: 'success', references: 'success' } as const;

const gateCases: readonly GateCase[] = [
  { title: 'all jobs of a push succeeded', kind: 'push', results: published, outputs: all, passes: true },
  {
    title: 'nothing was to be built',
    kind: 'push',
    results: { plan: 'success', publish: 'success', references: 'success' },
    outputs: none,
    passes: true,
  },
  { title: 'the plan failed', kind: 'push', results: { plan: 'failure' }, outputs: {}, passes: false },
  {
    title: 'the plan was cancelled',
    kind: 'push',
    results: { plan: 'cancelled' },
    outputs: {},
    passes: false,
  },
  {
    title: 'the outputs of the plan were masked',
    kind: 'push',
    results: { plan: 'success' },
    outputs: {},
    passes: false,
  },
  {
    title: 'a build failed',
    kind: 'push',
    results: { plan: 'success', build_0: 'failure' },
    outputs: all,
    passes: false,
  },
  {
    title: 'a build of the second wave failed',
    kind: 'push',
    results: { ...built, build_1: 'failure' },
    outputs: all,
    passes: false,
  },
  {
    title: 'a build was skipped',
    kind: 'push',
    results: { ...published, build_0: 'skipped' },
    outputs: all,
    passes: false,
  },
  {
    title: 'publish failed',
    kind: 'push',
    results: { ...built, publish: 'failure' },
    outputs: all,
    passes: false,
  },
  { title: 'publish was skipped', kind: 'push', results: built, outputs: all, passes: false },
  {
    title: 'publish of a tag was skipped',
    kind: 'tag',
    results: built,
    outputs: all,
    passes: false,
  },
  {
    title: 'a job that was added by hand failed',
    kind: 'push',
    results: { ...published, extra: 'failure' },
    outputs: all,
    passes: false,
  },
  {
    title: 'references failed',
    kind: 'push',
    results: { ...published, references: 'failure' },
    outputs: all,
    passes: false,
  },
  {
    title: 'references were skipped',
    kind: 'push',
    results: { ...published, references: 'skipped' },
    outputs: all,
    passes: false,
  },
  {
    title: 'references of a tag were skipped',
    kind: 'tag',
    results: { ...published, references: 'skipped' },
    outputs: all,
    passes: true,
  },
  {
    title: 'a check succeeded',
    kind: 'pull-request',
    results: { plan: 'success', check: 'success' },
    outputs: check,
    passes: true,
  },
  {
    title: 'a check failed',
    kind: 'pull-request',
    results: { plan: 'success', check: 'failure' },
    outputs: check,
    passes: false,
  },
  {
    title: 'a check was skipped',
    kind: 'merge-group',
    results: { plan: 'success' },
    outputs: check,
    passes: false,
  },
  {
    title: 'there was nothing to check',
    kind: 'pull-request',
    results: { plan: 'success' },
    outputs: planOutputs([[], []], false),
    passes: true,
  },
];

/** The cases in which the gate of a workflow says something else; its script is really run. */
export async function unexpectedGates(github: Github, text: string): Promise<string[]> {
  const found = await Promise.all(gateCases.map((each) => passes(github, text, each)));
  return gateCases.flatMap(({ title, passes: wanted }, i) =>
    found[i] === wanted ? [] : [`the gate ${wanted ? 'fails' : 'passes'}: ${title}`],
  );
}

async function passes(github: Github, text: string, { kind, results, outputs }: GateCase): Promise<boolean> {
  const workflow = parseWorkflow(text, 'docker.yml');
  const [head, base] = ['a', 'b'].map((digit) => digit.repeat(40)) as [string, string];
  const event = makeEvent({ kind, repository: github.repository, defaultBranch: 'main', head, base });
  const finished = new Map(
    workflow.jobs.map(
      ({ id }) => [id, { result: results[id] ?? 'skipped', outputs: id === 'plan' ? outputs : {} }] as const,
    ),
  );
  const facts = { runId: 0, runNumber: 0, runAttempt: 1, serverUrl: github.serverUrl };
  const run: WorkflowRun = { workflow, event, run: facts, vars: {}, secrets: {}, finished, cancelled: false };
  const gate = workflow.jobs.find(({ id }) => id === 'images');
  if (!gate) throw new Error('the workflow has no gate');
  const { state, instances, permissions } = evaluateJob(run, gate);
  const [instance] = instances;
  // GitHub takes a check that was skipped for a good one.
  if (state !== 'runs' || !instance) return state === 'skipped';
  const abort = new AbortController();
  const context = { github, run, abort, options: {} };
  const { result } = await runInstance(context, gate, { instance, permissions, signal: abort.signal });
  return result === 'success';
}
