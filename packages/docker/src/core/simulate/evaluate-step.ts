import { type ConditionResult, evaluateCondition } from './evaluate-condition.js';
import type { Scope, ScopeFunction } from './evaluate-expression.js';
import type { JobInstance } from './evaluate-job.js';
import { evaluateTemplate } from './evaluate-template.js';
import { inputsOf, needsContext, secretsOf, type WorkflowRun } from './job-scope.js';
import type { WorkflowJob, WorkflowStep } from './workflow.js';
import { githubContext } from './workflow-event.js';

/** What is known of a step that is over. */
export interface FinishedStep {
  readonly outputs: Readonly<Record<string, string>>;
  /** Its result before and after `continue-on-error`. */
  readonly outcome: StepResult;
  readonly conclusion: StepResult;
}

export type StepResult = 'success' | 'failure' | 'cancelled' | 'skipped';

/** What steps of a running job can see. */
export interface JobState {
  readonly run: WorkflowRun;
  readonly job: WorkflowJob;
  readonly instance: JobInstance;
  /** Steps with an id that are over. */
  readonly steps: Readonly<Record<string, FinishedStep>>;
  /** Variables: of the workflow, the job and those that steps have set. */
  readonly env: Readonly<Record<string, string>>;
  /** `failure` once a step failed. */
  readonly status: 'success' | 'failure' | 'cancelled';
  /** Replace what is not known before a job really runs: `github.token`, `github.workspace`, `runner.temp` … */
  readonly github?: Readonly<Record<string, unknown>>;
  readonly runner?: Readonly<Record<string, unknown>>;
  readonly hashFiles?: ScopeFunction;
}

/** Decides whether a step runs. */
export function evaluateStepCondition(state: JobState, step: WorkflowStep): ConditionResult {
  return evaluateCondition(step.condition, stepScope(state, 'if'));
}

/** Evaluates a map of texts of a step: its `with` or its `env`. */
export function evaluateTexts(
  state: JobState,
  texts: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const scope = stepScope(state);
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, evaluateTemplate(String(value ?? ''), scope)]),
  );
}

/** The outputs of a job whose steps are over. */
export function evaluateOutputs(state: JobState): Record<string, string> {
  return evaluateTexts(state, state.job.outputs);
}

/** The contexts and functions of a step. Its `if` sees no secrets. */
export function stepScope(state: JobState, place: 'if' | 'other' = 'other'): Scope {
  const { run, job, instance, steps, env, status } = state;
  const github: Record<string, unknown> = { ...githubContext(run.event, run), job: job.id, ...state.github };
  const contexts = {
    github,
    needs: needsContext(run, job),
    vars: run.vars,
    inputs: inputsOf(run.event),
    matrix: instance.row ?? null,
    strategy: {},
    env,
    steps,
    job: { status },
    runner: { os: 'Linux', arch: 'X64', name: 'runner', temp: '/home/runner/work/_temp', ...state.runner },
    ...(place === 'if' ? {} : { secrets: { ...secretsOf(run), GITHUB_TOKEN: github.token } }),
  };
  const hashfiles = state.hashFiles ?? (() => '');
  if (place !== 'if') return { contexts, functions: { hashfiles } };
  const functions: Record<string, ScopeFunction> = {
    always: () => true,
    cancelled: () => status === 'cancelled',
    success: () => status === 'success',
    failure: () => status === 'failure',
    hashfiles,
  };
  return { contexts, functions };
}
