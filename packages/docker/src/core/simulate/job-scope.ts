import type { Scope, ScopeFunction } from './evaluate-expression.js';
import type { MatrixRow } from './expand-matrix.js';
import { isReadOnly } from './job-permissions.js';
import { ancestorsOf } from './parse-workflow.js';
import type { Workflow, WorkflowJob } from './workflow.js';
import { githubContext, type RunFacts, type WorkflowEvent } from './workflow-event.js';

export type JobResult = 'success' | 'failure' | 'cancelled' | 'skipped';

/** What is known of a job that is over. */
export interface FinishedJob {
  readonly result: JobResult;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A run of a workflow, as far as its expressions can ask. */
export interface WorkflowRun {
  readonly workflow: Workflow;
  readonly event: WorkflowEvent;
  readonly run: RunFacts;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Jobs that are over, by id. */
  readonly finished: ReadonlyMap<string, FinishedJob>;
  readonly cancelled: boolean;
}

/** Where an expression stands decides what it may name. */
export type JobPlace = 'if' | 'strategy' | 'matrix' | 'env';

/**
 * The contexts and functions of an expression in a job but outside of its steps.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability
 */
export function jobScope(run: WorkflowRun, job: WorkflowJob, { place, row }: JobScopeOptions): Scope {
  const { event } = run;
  const contexts = {
    github: githubContext(event, run),
    needs: needsContext(run, job),
    vars: run.vars,
    inputs: inputsOf(event),
    ...(place === 'matrix' || place === 'env' ? { matrix: row ?? null, strategy: {} } : {}),
    ...(place === 'env' ? { secrets: secretsOf(run) } : {}),
  };
  return place === 'if' ? { contexts, functions: jobFunctions(run, job) } : { contexts };
}

interface JobScopeOptions {
  readonly place: JobPlace;
  readonly row?: MatrixRow | undefined;
}

/** The contexts of `concurrency`, or of `env` of the workflow itself. */
export function workflowScope(run: WorkflowRun, place: 'concurrency' | 'env'): Scope {
  const contexts = { github: githubContext(run.event, run), inputs: inputsOf(run.event), vars: run.vars };
  return { contexts: place === 'env' ? { ...contexts, secrets: secretsOf(run) } : contexts };
}

export function needsContext({ finished }: WorkflowRun, { needs }: WorkflowJob): Record<string, unknown> {
  return Object.fromEntries(needs.map((need) => [need, finished.get(need)]));
}

export function inputsOf({ name, payload }: WorkflowEvent): unknown {
  return name === 'workflow_dispatch' ? (payload.inputs ?? {}) : {};
}

/** Runs that may only read get no secrets; the token stays. */
export function secretsOf({ event, secrets }: WorkflowRun): Record<string, string> {
  return isReadOnly(event) ? { GITHUB_TOKEN: '***' } : { GITHUB_TOKEN: '***', ...secrets };
}

/** They ask all jobs before this one, not only those it names: a skipped job skips the whole chain after it. */
function jobFunctions(
  { workflow, finished, cancelled }: WorkflowRun,
  job: WorkflowJob,
): Record<string, ScopeFunction> {
  const results = [...ancestorsOf(job.id, workflow.jobs)].map((id) => finished.get(id)?.result);
  return {
    always: () => true,
    cancelled: () => cancelled,
    success: () => !cancelled && results.every((result) => result === 'success'),
    failure: () => results.includes('failure'),
  };
}
