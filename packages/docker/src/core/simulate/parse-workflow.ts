import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { DockerPluginError } from '../errors.js';
import type {
  Concurrency,
  PermissionsSetting,
  RunDefaults,
  Settings,
  TriggerSettings,
  Workflow,
  WorkflowJob,
  WorkflowStep,
} from './workflow.js';

/**
 * Reads a GitHub workflow. Keys that decide nothing about what runs are passed over: actionlint checks those.
 *
 * @throws DockerPluginError WORKFLOW_INVALID with the place, for text that is no YAML or no workflow.
 */
export function parseWorkflow(text: string, file: string): Workflow {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', merge: true });
  const fail = (message: string, offset = 0): never => {
    const { line, col } = lines.linePos(offset);
    const sourceLine = text.split(/\r?\n/)[line - 1] ?? '';
    throw new DockerPluginError({
      code: 'WORKFLOW_INVALID',
      severity: 'error',
      message,
      fix: 'correct the workflow; see https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax',
      place: { file, line, column: col },
      sourceLine,
    });
  };
  const [error] = document.errors;
  if (error)
    fail(
      `the YAML cannot be read: ${error.message.split('\n')[0]?.replace(/ at line.*$/, '')}`,
      error.pos[0],
    );
  const root: unknown = document.toJS();
  if (!isRecord(root)) return fail('the file holds no workflow');
  if (!isRecord(root.jobs) || Object.keys(root.jobs).length === 0) return fail('the workflow has no jobs');
  const jobs = Object.entries(root.jobs).map(([id, job]) => {
    const offset = jobOffset(document.get('jobs'), id);
    if (!isRecord(job)) return fail(`the job ${id} has no content`, offset);
    return readJob(id, job, lines.linePos(offset).line);
  });
  const ids = new Set(jobs.map(({ id }) => id));
  for (const { id, needs } of jobs) {
    const unknown = needs.find((need) => !ids.has(need));
    if (unknown !== undefined)
      fail(
        `the job ${id} needs ${unknown}, which is no job of the workflow`,
        jobOffset(document.get('jobs'), id),
      );
  }
  const circle = jobs.find(({ id }) => ancestorsOf(id, jobs).has(id));
  if (circle)
    fail(
      `the job ${circle.id} needs itself, through others or directly`,
      jobOffset(document.get('jobs'), circle.id),
    );
  return {
    name: textOf(root.name) ?? file,
    file,
    triggers: readTriggers(root.on),
    env: recordOf(root.env),
    concurrency: readConcurrency(root.concurrency),
    permissions: readPermissions(root.permissions),
    defaults: readDefaults(root.defaults),
    jobs,
  };
}

/** All jobs that must be over before a job begins, by what it needs and what those need. */
export function ancestorsOf(id: string, jobs: readonly WorkflowJob[]): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [id];
  for (const next of waiting)
    for (const need of jobs.find((job) => job.id === next)?.needs ?? [])
      if (!found.has(need)) {
        found.add(need);
        waiting.push(need);
      }
  return found;
}

function readJob(id: string, job: Settings, line: number): WorkflowJob {
  const strategy = recordOf(job.strategy);
  return {
    id,
    line,
    name: textOf(job.name),
    needs: listOf(job.needs).map(String),
    condition: textOf(job.if),
    runsOn: job['runs-on'],
    permissions: readPermissions(job.permissions),
    concurrency: readConcurrency(job.concurrency),
    env: recordOf(job.env),
    defaults: readDefaults(job.defaults),
    outputs: mapTexts(job.outputs),
    timeoutMinutes: typeof job['timeout-minutes'] === 'number' ? job['timeout-minutes'] : 360,
    continueOnError: flagOf(job['continue-on-error'], false),
    matrix: strategy.matrix,
    failFast: flagOf(strategy['fail-fast'], true),
    maxParallel: typeof strategy['max-parallel'] === 'number' ? strategy['max-parallel'] : undefined,
    uses: textOf(job.uses),
    steps: listOf(job.steps).filter(isRecord).map(readStep),
  };
}

function readStep(step: Settings): WorkflowStep {
  return {
    id: textOf(step.id),
    name: textOf(step.name),
    condition: textOf(step.if),
    uses: textOf(step.uses),
    run: textOf(step.run),
    with: recordOf(step.with),
    env: recordOf(step.env),
    shell: textOf(step.shell),
    workingDirectory: textOf(step['working-directory']),
    continueOnError: flagOf(step['continue-on-error'], false),
  };
}

function readTriggers(on: unknown): Workflow['triggers'] {
  if (typeof on === 'string') return { [on]: null };
  if (Array.isArray(on)) return Object.fromEntries(on.map((name) => [String(name), null]));
  const entries = Object.entries(recordOf(on));
  return Object.fromEntries(
    entries.map(([name, settings]): [string, TriggerSettings | null] => [
      name,
      isRecord(settings) ? settings : null,
    ]),
  );
}

function readConcurrency(value: unknown): Concurrency | undefined {
  if (typeof value === 'string') return { group: value, cancelInProgress: false };
  if (!isRecord(value)) return undefined;
  return { group: textOf(value.group) ?? '', cancelInProgress: flagOf(value['cancel-in-progress'], false) };
}

function readPermissions(value: unknown): PermissionsSetting {
  if (value === 'read-all' || value === 'write-all') return value;
  return isRecord(value) ? mapTexts(value) : undefined;
}

function readDefaults(value: unknown): RunDefaults {
  const run = recordOf(recordOf(value).run);
  return { shell: textOf(run.shell), workingDirectory: textOf(run['working-directory']) };
}

function jobOffset(jobs: unknown, id: string): number {
  if (!isMap(jobs)) return 0;
  const pair = jobs.items.find(({ key }) => isScalar(key) && String(key.value) === id);
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
}

function mapTexts(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(recordOf(value)).map(([key, item]) => [key, textOf(item) ?? '']));
}

function textOf(value: unknown): string | undefined {
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

function flagOf(value: unknown, otherwise: boolean): boolean | string {
  return typeof value === 'boolean' || typeof value === 'string' ? value : otherwise;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function recordOf(value: unknown): Settings {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
