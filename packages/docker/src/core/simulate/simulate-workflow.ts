import { evaluateConcurrency, evaluateJob, type JobDecision, type JobInstance } from './evaluate-job.js';
import { evaluateOutputs, evaluateStepCondition, type FinishedStep, type JobState } from './evaluate-step.js';
import { type FinishedJob, type JobResult, type WorkflowRun, workflowScope } from './job-scope.js';
import { matchTrigger } from './match-trigger.js';
import type { Workflow, WorkflowJob, WorkflowStep } from './workflow.js';
import { firstRun, type RunFacts, type WorkflowEvent } from './workflow-event.js';

export interface SimulationOptions {
  readonly workflow: Workflow;
  readonly event: WorkflowEvent;
  /** What the steps with an id write to their outputs, by job and step. Default: nothing. */
  readonly outputsOf?: (job: string, step: string) => Readonly<Record<string, string>>;
  /** How a job ends that runs. Default: `success`. */
  readonly resultOf?: (job: string) => Exclude<JobResult, 'skipped'>;
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly run?: RunFacts;
}

/** Which jobs of a workflow an event starts, and why. */
export interface Simulation {
  readonly triggered: boolean;
  /** Why the workflow runs or not, one line. */
  readonly because: string;
  readonly concurrency: JobInstance['concurrency'];
  /** In the order of the file; empty where the workflow does not run. */
  readonly jobs: readonly SimulatedJob[];
}

export interface SimulatedJob extends Omit<JobDecision, 'instances'> {
  readonly id: string;
  readonly needs: readonly string[];
  readonly result: JobResult;
  readonly instances: readonly SimulatedInstance[];
  readonly outputs: Readonly<Record<string, string>>;
}

export interface SimulatedInstance extends Omit<JobInstance, 'env' | 'continueOnError'> {
  readonly steps: readonly SimulatedStep[];
}

export interface SimulatedStep {
  /** Its name, else what it uses, else the first line of what it runs. */
  readonly name: string;
  readonly runs: boolean;
  readonly because: string;
}

/** Evaluates a workflow for an event without running anything. */
export function simulateWorkflow(options: SimulationOptions): Simulation {
  const { workflow, event, vars = {}, secrets = {}, run = firstRun } = options;
  const { runs, because } = matchTrigger(workflow, event);
  const finished = new Map<string, FinishedJob>();
  const state: WorkflowRun = { workflow, event, run, vars, secrets, finished, cancelled: false };
  const concurrency =
    workflow.concurrency && evaluateConcurrency(workflow.concurrency, workflowScope(state, 'concurrency'));
  if (!runs) return { triggered: false, because, concurrency, jobs: [] };
  const simulated = new Map<string, SimulatedJob>();
  for (const job of inOrder(workflow.jobs)) {
    const result = simulateJob(state, job, options);
    simulated.set(job.id, result);
    finished.set(job.id, result);
  }
  const jobs = workflow.jobs.flatMap(({ id }) => simulated.get(id) ?? []);
  return { triggered: true, because, concurrency, jobs };
}

/** Jobs after all that they need, else in the order of the file. */
export function inOrder(jobs: readonly WorkflowJob[]): WorkflowJob[] {
  const sorted: WorkflowJob[] = [];
  const waiting = [...jobs];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ needs }) =>
      needs.every((need) => sorted.some(({ id }) => id === need)),
    );
    sorted.push(...waiting.splice(Math.max(0, next), 1));
  }
  return sorted;
}

function simulateJob(run: WorkflowRun, job: WorkflowJob, options: SimulationOptions): SimulatedJob {
  const { outputsOf = () => ({}), resultOf = () => 'success' } = options;
  const decision = evaluateJob(run, job);
  const steps = Object.fromEntries(
    job.steps.flatMap(({ id }) => (id === undefined ? [] : [[id, succeeded(outputsOf(job.id, id))]])),
  );
  const states = decision.instances.map(
    (instance): JobState => ({ run, job, instance, steps, env: instance.env, status: 'success' }),
  );
  const last = states.at(-1);
  const { state, because, permissions } = decision;
  return {
    id: job.id,
    needs: job.needs,
    state,
    because,
    permissions,
    result: state === 'runs' ? resultOf(job.id) : state === 'skipped' ? 'skipped' : 'failure',
    instances: states.map((each) => simulateInstance(each)),
    outputs: last ? evaluateOutputs(last) : {},
  };
}

function simulateInstance(state: JobState): SimulatedInstance {
  const { name, row, runner, concurrency } = state.instance;
  const steps = state.job.steps.map((step): SimulatedStep => {
    const { holds, because } = evaluateStepCondition(state, step);
    return { name: stepName(step), runs: holds, because };
  });
  return { name, row, runner, concurrency, steps };
}

function succeeded(outputs: FinishedStep['outputs']): FinishedStep {
  return { outputs, outcome: 'success', conclusion: 'success' };
}

/** What stands for a step in a list. */
export function stepName({ name, uses, run }: WorkflowStep): string {
  return name ?? uses ?? run?.trim().split('\n')[0] ?? '';
}
