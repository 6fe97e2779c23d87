import { evaluateCondition } from './evaluate-condition.js';
import { isTruthy, type Scope } from './evaluate-expression.js';
import { evaluateTemplate, evaluateValue, templatePieces } from './evaluate-template.js';
import { expandMatrix, type MatrixRow } from './expand-matrix.js';
import { jobPermissions, type Permissions } from './job-permissions.js';
import { jobScope, type WorkflowRun } from './job-scope.js';
import type { Concurrency, WorkflowJob } from './workflow.js';

/** What GitHub does with a job once all it needs is over. */
export interface JobDecision {
  /** `fails` where an expression or the matrix is wrong: no step runs. */
  readonly state: 'runs' | 'skipped' | 'fails';
  /** One line without a final stop. */
  readonly because: string;
  readonly permissions: Permissions;
  /** One per row of the matrix; empty unless the job runs. */
  readonly instances: readonly JobInstance[];
}

export interface JobInstance {
  /** As GitHub shows it. */
  readonly name: string;
  readonly row: MatrixRow | undefined;
  /** The labels of `runs-on`. */
  readonly runner: readonly string[];
  readonly concurrency: { readonly group: string; readonly cancelInProgress: boolean } | undefined;
  /** Of the workflow and the job. */
  readonly env: Readonly<Record<string, string>>;
  readonly continueOnError: boolean;
}

/** Decides about a job whose needs are over. Its `if` is evaluated before the matrix, as on GitHub. */
export function evaluateJob(run: WorkflowRun, job: WorkflowJob): JobDecision {
  const permissions = jobPermissions(job.permissions ?? run.workflow.permissions, run.event);
  try {
    const condition = evaluateCondition(job.condition, jobScope(run, job, { place: 'if' }));
    if (!condition.holds)
      return {
        state: 'skipped',
        because: skippedBecause(run, job, condition.because),
        permissions,
        instances: [],
      };
    const rows = job.matrix === undefined ? [undefined] : rowsOf(run, job);
    const instances = rows.map((row) => evaluateInstance(run, job, row));
    const because = job.condition === undefined ? runsBecause(job) : condition.because;
    return { state: 'runs', because, permissions, instances };
  } catch (error) {
    return { state: 'fails', because: (error as Error).message, permissions, instances: [] };
  }
}

function rowsOf(run: WorkflowRun, job: WorkflowJob): MatrixRow[] {
  return expandMatrix(evaluateValue(job.matrix, jobScope(run, job, { place: 'strategy' })));
}

function evaluateInstance(run: WorkflowRun, job: WorkflowJob, row: MatrixRow | undefined): JobInstance {
  const scope = jobScope(run, job, { place: 'matrix', row });
  const runner = evaluateValue(job.runsOn, scope);
  return {
    name: nameOf(job, row, scope),
    row,
    runner: (Array.isArray(runner) ? runner : [runner]).filter((label) => label !== undefined).map(String),
    concurrency: job.concurrency && evaluateConcurrency(job.concurrency, scope),
    env: envOf(run, job, row),
    continueOnError: evaluateFlag(job.continueOnError, scope),
  };
}

/** Evaluates a group; an empty one is none. */
export function evaluateConcurrency(
  { group, cancelInProgress }: Concurrency,
  scope: Scope,
): JobInstance['concurrency'] {
  const name = evaluateTemplate(group, scope);
  return name === '' ? undefined : { group: name, cancelInProgress: evaluateFlag(cancelInProgress, scope) };
}

/** The value of a setting that is a boolean or an expression of one. */
export function evaluateFlag(value: boolean | string, scope: Scope): boolean {
  if (typeof value === 'boolean') return value;
  const [piece] = templatePieces(value);
  return piece?.kind === 'expression' ? isTruthy(piece.text, scope) : value === 'true';
}

function envOf(run: WorkflowRun, job: WorkflowJob, row: MatrixRow | undefined): Record<string, string> {
  const scope = jobScope(run, job, { place: 'env', row });
  const entries = Object.entries({ ...run.workflow.env, ...job.env });
  return Object.fromEntries(
    entries.map(([name, value]) => [name, evaluateTemplate(String(value ?? ''), scope)]),
  );
}

function nameOf(job: WorkflowJob, row: MatrixRow | undefined, scope: Scope): string {
  if (job.name !== undefined && (row === undefined || job.name.includes('${{')))
    return evaluateTemplate(job.name, scope);
  const values = Object.values(row ?? {}).map((value) =>
    typeof value === 'object' ? 'Object' : String(value),
  );
  const name = job.name ?? job.id;
  return values.length > 0 ? `${name} (${values.join(', ')})` : name;
}

function runsBecause({ needs }: WorkflowJob): string {
  return needs.length === 0 ? 'it has no condition' : `${needs.join(', ')} succeeded`;
}

/** Names the jobs, where the condition only says that something before did not succeed. */
function skippedBecause({ finished }: WorkflowRun, { needs }: WorkflowJob, because: string): string {
  if (!because.startsWith('something before')) return because;
  const wrong = needs
    .map((need) => [need, finished.get(need)?.result])
    .filter(([, result]) => result !== 'success');
  if (wrong.length === 0) return 'a job before those it needs did not succeed';
  return wrong.map(([need, result]) => `${need} ${verbs[result ?? 'skipped']}`).join(', ');
}

const verbs: Readonly<Record<string, string>> = {
  failure: 'failed',
  cancelled: 'was cancelled',
  skipped: 'is skipped',
};
