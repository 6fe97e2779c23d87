import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobInstance } from '../../../packages/docker/src/core/simulate/evaluate-job.js';
import { evaluateFlag } from '../../../packages/docker/src/core/simulate/evaluate-job.js';
import {
  evaluateOutputs,
  evaluateStepCondition,
  evaluateTexts,
  type FinishedStep,
  type JobState,
  type StepResult,
  stepScope,
} from '../../../packages/docker/src/core/simulate/evaluate-step.js';
import { evaluateTemplate } from '../../../packages/docker/src/core/simulate/evaluate-template.js';
import type { Permissions } from '../../../packages/docker/src/core/simulate/job-permissions.js';
import { secretsOf } from '../../../packages/docker/src/core/simulate/job-scope.js';
import { stepName } from '../../../packages/docker/src/core/simulate/simulate-workflow.js';
import type { WorkflowJob, WorkflowStep } from '../../../packages/docker/src/core/simulate/workflow.js';
import { runAction } from './actions/run-action.js';
import { copyFolder, type Github } from './github.js';
import { createMasks, type Masks } from './masks.js';
import { runScript } from './run-script.js';
import type { RunContext } from './run-workflow.js';
import { issueToken } from './tokens.js';

/** What became of one job of a matrix, or of a job without one. */
export interface InstanceReport {
  readonly name: string;
  readonly result: 'success' | 'failure' | 'cancelled';
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepReport[];
  readonly log: string;
}

export interface StepReport {
  readonly name: string;
  readonly result: StepResult;
}

/** A machine that runs one job: its folders, its token, and what its steps have set. */
export interface Runner {
  readonly github: Github;
  readonly context: RunContext;
  readonly job: WorkflowJob;
  readonly instance: JobInstance;
  readonly permissions: Permissions;
  readonly token: string;
  readonly workspace: string;
  readonly temp: string;
  readonly home: string;
  readonly masks: Masks;
  readonly signal: AbortSignal;
  /** Set by steps for later ones. */
  readonly env: Record<string, string>;
  readonly path: string[];
  readonly steps: Record<string, FinishedStep>;
  readonly log: string[];
  /** Called once the job is over. */
  readonly atEnd: (() => void)[];
  status: 'success' | 'failure' | 'cancelled';
}

export interface InstanceOptions {
  readonly instance: JobInstance;
  readonly permissions: Permissions;
  readonly signal: AbortSignal;
}

/** Runs the steps of a job on a fresh machine. */
export async function runInstance(
  context: RunContext,
  job: WorkflowJob,
  options: InstanceOptions,
): Promise<InstanceReport> {
  const timeout = AbortSignal.timeout(job.timeoutMinutes * 60_000);
  const signal = AbortSignal.any([options.signal, timeout]);
  const runner = createRunner(context, job, { ...options, signal });
  const steps: StepReport[] = [];
  for (const step of job.steps) steps.push(await runStep(runner, step));
  for (const call of runner.atEnd) call();
  const { name } = options.instance;
  const outputs = runner.status === 'cancelled' ? {} : jobOutputs(runner);
  context.github.tokens.delete(runner.token);
  return { name, result: runner.status, outputs, steps, log: runner.masks.hide(runner.log.join('\n')) };
}

function createRunner(
  context: RunContext,
  job: WorkflowJob,
  { instance, permissions, signal }: InstanceOptions,
): Runner {
  const { github, run } = context;
  const folder = mkdtempSync(join(github.folder, `job-${run.run.runId}-${job.id}-`));
  const [workspace, temp, home] = ['work', 'temp', 'home'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const each of [workspace, temp, home]) mkdirSync(each);
  const config = process.env.DOCKER_CONFIG ?? join(process.env.HOME ?? '', '.docker');
  if (existsSync(join(config, 'config.json'))) copyFolder(config, join(home, '.docker'));
  writeFileSync(join(temp, 'event.json'), JSON.stringify(run.event.payload));
  const token = issueToken(github.tokens, permissions);
  const masks = createMasks([token, ...Object.values(secretsOf(run)).filter((value) => value !== '***')]);
  return {
    ...{ github, context, job, instance, permissions, token, workspace, temp, home, masks, signal },
    env: {},
    path: [],
    steps: {},
    log: [],
    atEnd: [],
    status: 'success',
  };
}

async function runStep(runner: Runner, step: WorkflowStep): Promise<StepReport> {
  const name = stepName(step);
  if (runner.signal.aborted) runner.status = 'cancelled';
  const base = stateOf(runner, runner.instance.env);
  const finish = (outcome: StepResult, { outputs = {}, excused = false } = {}): StepReport => {
    const conclusion = excused && outcome === 'failure' ? 'success' : outcome;
    if (step.id !== undefined) runner.steps[step.id] = { outputs, outcome, conclusion };
    if (conclusion === 'failure' && runner.status === 'success') runner.status = 'failure';
    return { name, result: conclusion };
  };
  try {
    const condition = evaluateStepCondition(base, step);
    if (!condition.holds) return finish('skipped');
    runner.log.push(`# ${name}`);
    const env = { ...runner.instance.env, ...runner.env, ...evaluateTexts(base, step.env) };
    const state = stateOf(runner, env);
    const excused = evaluateFlag(step.continueOnError, stepScope(state));
    const { failed, outputs } = await perform(runner, step, { state, env });
    if (runner.signal.aborted) runner.status = 'cancelled';
    return finish(runner.signal.aborted ? 'cancelled' : failed ? 'failure' : 'success', { outputs, excused });
  } catch (error) {
    runner.log.push(`##[error]${(error as Error).message}`);
    return finish('failure');
  }
}

async function perform(
  runner: Runner,
  step: WorkflowStep,
  { state, env }: { state: JobState; env: Record<string, string> },
): Promise<{ failed: boolean; outputs: Record<string, string> }> {
  if (step.uses !== undefined)
    return {
      failed: false,
      outputs: await runAction(runner, { uses: step.uses, inputs: evaluateTexts(state, step.with), env }),
    };
  const { defaults } = runner.job;
  const { workflow } = runner.context.run;
  const folder = step.workingDirectory ?? defaults.workingDirectory ?? workflow.defaults.workingDirectory;
  return runScript(runner, {
    id: randomUUID(),
    script: evaluateTemplate(step.run ?? '', stepScope(state)),
    shell: step.shell ?? defaults.shell ?? workflow.defaults.shell,
    cwd: join(runner.workspace, folder ?? '.'),
    env,
  });
}

function stateOf(runner: Runner, env: Readonly<Record<string, string>>): JobState {
  const { context, job, instance, steps, status, token, workspace, temp } = runner;
  const github = { token, workspace, event_path: join(temp, 'event.json') };
  return {
    run: context.run,
    job,
    instance,
    steps,
    env: { ...env, ...runner.env },
    status,
    github,
    runner: { temp },
  };
}

/** GitHub drops outputs that hold something masked, and refuses more than 1 MB of UTF-16 for one job. */
function jobOutputs(runner: Runner): Record<string, string> {
  const outputs = evaluateOutputs(stateOf(runner, runner.instance.env));
  const kept = Object.entries(outputs).filter(([name, value]) => {
    const hidden = runner.masks.hide(value) !== value;
    if (hidden) runner.log.push(`##[warning]Skip output '${name}' since it may contain secret.`);
    return !hidden;
  });
  const size = kept.reduce((sum, [name, value]) => sum + 2 * (name.length + value.length), 0);
  if (size > 1024 * 1024) {
    runner.log.push(`##[error]The outputs of the job have ${size} bytes, and 1 MB is the most`);
    runner.status = 'failure';
    return {};
  }
  return Object.fromEntries(kept);
}
