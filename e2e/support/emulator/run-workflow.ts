import {
  evaluateConcurrency,
  evaluateJob,
  type JobDecision,
  type JobInstance,
} from '../../../packages/docker/src/core/simulate/evaluate-job.js';
import {
  type FinishedJob,
  type JobResult,
  type WorkflowRun,
  workflowScope,
} from '../../../packages/docker/src/core/simulate/job-scope.js';
import { matchTrigger } from '../../../packages/docker/src/core/simulate/match-trigger.js';
import { parseWorkflow } from '../../../packages/docker/src/core/simulate/parse-workflow.js';
import { inOrder } from '../../../packages/docker/src/core/simulate/simulate-workflow.js';
import type { WorkflowJob } from '../../../packages/docker/src/core/simulate/workflow.js';
import type { WorkflowEvent } from '../../../packages/docker/src/core/simulate/workflow-event.js';
import { git } from '../run.js';
import type { Github } from './github.js';
import { type InstanceReport, runInstance } from './run-instance.js';

export interface RunOptions {
  /** Default: `.github/workflows/docker.yml`. */
  readonly workflowFile?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** Waited for before a job begins, so that a test can decide about the order of two runs. */
  readonly before?: (job: string) => Promise<void> | undefined;
  /** Skips all other jobs, for a test that is over after these. */
  readonly only?: readonly string[];
  /** Runs the failed jobs of a run once more, and those after them, with the artifacts that are there. */
  readonly again?: RunReport;
}

/** What became of a run. */
export interface RunReport {
  readonly id: number;
  readonly attempt: number;
  /** `not triggered`, or how it ended. */
  readonly result: 'not triggered' | 'success' | 'failure' | 'cancelled';
  readonly jobs: Readonly<Record<string, JobReport>>;
  /** The results of the jobs in one line, for an assertion: `plan success, build_0 skipped`. */
  readonly summary: string;
  /** Everything that was printed, job by job. */
  readonly log: string;
}

export interface JobReport extends FinishedJob {
  readonly because: string;
  readonly instances: readonly InstanceReport[];
}

/** Runs the workflow file of the event's commit as GitHub would. */
export async function runWorkflow(
  github: Github,
  event: WorkflowEvent,
  options: RunOptions = {},
): Promise<RunReport> {
  const { workflowFile = '.github/workflows/docker.yml', secrets = {}, vars = {}, again } = options;
  const { stdout } = await git(github.origin, 'show', `${event.sha}:${workflowFile}`);
  const workflow = parseWorkflow(stdout, workflowFile);
  const id = again?.id ?? ++github.runs.count;
  const attempt = (again?.attempt ?? 0) + 1;
  const trigger = matchTrigger(workflow, event);
  if (!trigger.runs)
    return { id, attempt, result: 'not triggered', jobs: {}, summary: trigger.because, log: '' };
  if (!again) github.runs.artifacts.set(id, new Map());
  const finished = new Map<string, FinishedJob>();
  const abort = new AbortController();
  const run: WorkflowRun = {
    workflow,
    event,
    run: { runId: id, runNumber: id, runAttempt: attempt, serverUrl: github.serverUrl },
    vars,
    secrets,
    finished,
    get cancelled() {
      return abort.signal.aborted;
    },
  };
  const group =
    workflow.concurrency && evaluateConcurrency(workflow.concurrency, workflowScope(run, 'concurrency'));
  const leave = group && (await github.groups.enter(group.group, { ...group, cancel: () => abort.abort() }));
  if (group && !leave) return { id, attempt, result: 'cancelled', jobs: {}, summary: 'cancelled', log: '' };
  const context: RunContext = { github, run, abort, options };
  try {
    const reports = await runJobs(context, inOrder(workflow.jobs));
    return report({ id, attempt, cancelled: abort.signal.aborted, reports, order: workflow.jobs });
  } finally {
    leave?.();
  }
}

export interface RunContext {
  readonly github: Github;
  readonly run: WorkflowRun;
  readonly abort: AbortController;
  readonly options: RunOptions;
}

async function runJobs(context: RunContext, jobs: readonly WorkflowJob[]): Promise<Map<string, JobReport>> {
  const running = new Map<string, Promise<JobReport>>();
  const finished = context.run.finished as Map<string, FinishedJob>;
  for (const job of jobs) {
    const needs = Promise.all(job.needs.map((need) => running.get(need)));
    running.set(
      job.id,
      needs.then(async () => {
        const before = context.options.again?.jobs[job.id];
        const done = before?.result === 'success' ? before : await runJob(context, job);
        finished.set(job.id, done);
        return done;
      }),
    );
  }
  const entries = [...running].map(async ([id, promise]) => [id, await promise] as const);
  return new Map(await Promise.all(entries));
}

async function runJob(context: RunContext, job: WorkflowJob): Promise<JobReport> {
  const { before, only } = context.options;
  if (only && !only.includes(job.id))
    return { result: 'skipped', outputs: {}, because: 'it is left out', instances: [] };
  await before?.(job.id);
  const decision = evaluateJob(context.run, job);
  if (decision.state !== 'runs') {
    const result = decision.state === 'skipped' ? skippedResult(context) : 'failure';
    return { result, outputs: {}, because: decision.because, instances: [] };
  }
  const instances = await runInstances(context, job, decision);
  return {
    result: joinResults(instances),
    outputs: Object.assign({}, ...instances.map(({ outputs }) => outputs)),
    because: decision.because,
    instances,
  };
}

/** A job that a cancelled run never reaches was not skipped by its own condition. */
function skippedResult({ run }: RunContext): JobResult {
  return run.cancelled ? 'cancelled' : 'skipped';
}

async function runInstances(
  context: RunContext,
  job: WorkflowJob,
  decision: JobDecision,
): Promise<InstanceReport[]> {
  const failFast = job.failFast !== false && job.failFast !== 'false' && decision.instances.length > 1;
  let failed = false;
  const one = async (instance: JobInstance): Promise<InstanceReport> => {
    const group = instance.concurrency;
    const abort = new AbortController();
    const cancel = () => abort.abort();
    context.abort.signal.addEventListener('abort', cancel);
    const leave = group && (await context.github.groups.enter(group.group, { ...group, cancel }));
    if (group && !leave) return cancelledInstance(instance);
    try {
      const done = await context.github.slots(async () => {
        if (failFast && failed) return cancelledInstance(instance);
        return runInstance(context, job, {
          instance,
          permissions: decision.permissions,
          signal: abort.signal,
        });
      });
      if (done.result === 'failure' && !instance.continueOnError) failed = true;
      return done.result === 'failure' && instance.continueOnError ? { ...done, result: 'success' } : done;
    } finally {
      leave?.();
      context.abort.signal.removeEventListener('abort', cancel);
    }
  };
  return Promise.all(decision.instances.map(one));
}

function cancelledInstance({ name }: JobInstance): InstanceReport {
  return { name, result: 'cancelled', outputs: {}, steps: [], log: 'cancelled before it began' };
}

function joinResults(instances: readonly InstanceReport[]): JobResult {
  const results = instances.map(({ result }) => result);
  return results.includes('failure') ? 'failure' : results.includes('cancelled') ? 'cancelled' : 'success';
}

interface ReportParts {
  readonly id: number;
  readonly attempt: number;
  readonly cancelled: boolean;
  readonly reports: ReadonlyMap<string, JobReport>;
  readonly order: readonly WorkflowJob[];
}

function report({ id, attempt, cancelled, reports, order }: ReportParts): RunReport {
  const sorted = order.flatMap(({ id: job }): [string, JobReport][] => {
    const found = reports.get(job);
    return found ? [[job, found]] : [];
  });
  const results = sorted.map(([, { result }]) => result);
  return {
    id,
    attempt,
    result: cancelled
      ? 'cancelled'
      : results.some((each) => each === 'failure' || each === 'cancelled')
        ? 'failure'
        : 'success',
    jobs: Object.fromEntries(sorted),
    summary: sorted.map(([job, { result }]) => `${job} ${result}`).join(', '),
    log: sorted.map(([job, each]) => logOf(job, each)).join('\n'),
  };
}

function logOf(job: string, { result, because, instances }: JobReport): string {
  const logs = instances.map(({ name, log }) => `--- ${name}\n${log}`);
  return [`=== ${job}: ${result} (${because})`, ...logs].join('\n');
}
