import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@nx/devkit';
import { DockerPluginError } from '../../core/errors.js';
import { githubOutputs } from '../../core/plan/github-outputs.js';
import type { Plan } from '../../core/plan/plan.js';
import { planJobs } from '../../core/plan/plan-jobs.js';
import { planWaves } from '../../core/plan/plan-waves.js';
import type { EventKind } from '../../core/simulate/make-event.js';
import { parseWorkflow } from '../../core/simulate/parse-workflow.js';
import { simulateWorkflow } from '../../core/simulate/simulate-workflow.js';
import type { SimulationReport } from '../../core/simulate/simulation-report.js';
import type { Workflow, WorkflowStep } from '../../core/simulate/workflow.js';
import type { WorkflowEvent } from '../../core/simulate/workflow-event.js';
import { githubWorkflow, githubWorkflowPath } from '../../core/workflow/github-workflow.js';
import { readTextFile } from '../../host/read-text-file.js';
import { openWorkspace } from '../../nx/open-workspace.js';
import type { DockerPluginOptions } from '../../nx/plugin-options.js';
import type { Workspace } from '../../nx/workspace.js';
import { readPluginOptions } from '../images/open-images.js';
import { readNxJson } from '../images/plugin-entries.js';
import { makePlan } from '../plan/plan.js';
import { localEvent } from './simulate-event.js';
import { readWorkflowShape } from './workflow-shape.js';

export interface SimulateOptions {
  /** Default: the workspace around the current folder. */
  readonly root?: string;
  readonly kind: EventKind;
  /** Workspace-relative. Default: the generated workflow, or what would be generated. */
  readonly workflow?: string | undefined;
  readonly head?: string | undefined;
  readonly base?: string | undefined;
  /** Projects with commas between, or `all`: the input of a run by hand. */
  readonly images?: string | undefined;
  readonly force?: boolean;
  /** Asks the registry what is published, as the workflow does. */
  readonly registry?: boolean;
}

/**
 * Tells which jobs of a workflow would run for an event, from this clone alone. Nothing is built and nothing leaves this
 * machine, unless the registry is to be asked.
 *
 * @throws DockerPluginError WORKFLOW_INVALID, FILE_UNREADABLE, GIT_FAILED, and what `makePlan` throws.
 */
export async function simulate(options: SimulateOptions): Promise<SimulationReport> {
  const { root = workspaceRoot, kind, head, base, images, force } = options;
  const workspace = await openWorkspace(root);
  const ci = readPluginOptions(workspace).ci ?? {};
  const defaultBranch =
    ci.branch ?? (readNxJson(workspace) as { defaultBase?: string }).defaultBase ?? 'main';
  const inputs = { images: images ?? '', force: force === true };
  const { event, base: before } = await localEvent(root, { kind, defaultBranch, head, base, inputs });
  const workflow = await readWorkflow(root, workspace, options.workflow);
  const step = findStep(workflow, /\bmoltbook-docker\s+matrix\b/);
  const plan = step ? await planFor(event, { ...options, root, ci }) : null;
  const publish = findStep(workflow, /\bmoltbook-docker\s+ci\s+publish\b/);
  const outputs = new Map([
    [keyOf(step), plan ? planOutputs(plan, step?.step.run ?? '') : {}],
    [keyOf(publish), { subjects: String(plan?.images.length ?? 0) }],
  ]);
  const simulation = simulateWorkflow({
    workflow,
    event,
    outputsOf: (job, id) => outputs.get(`${job} ${id}`) ?? {},
  });
  const { name, ref, fromFork } = event;
  return {
    workflow: workflow.file,
    event: { kind, name, ref, sha: event.sha, base: before, fromFork },
    plan,
    askedRegistry: options.registry === true,
    ...simulation,
  };
}

async function readWorkflow(
  root: string,
  workspace: Workspace,
  given: string | undefined,
): Promise<Workflow> {
  const file = given ?? githubWorkflowPath;
  const text = readTextFile(join(root, file));
  if (text !== undefined) return parseWorkflow(text, file);
  if (given === undefined) return parseWorkflow(githubWorkflow(await readWorkflowShape(workspace)), file);
  throw new DockerPluginError({
    code: 'FILE_UNREADABLE',
    severity: 'error',
    message: `${file} cannot be read`,
    fix: 'name a workflow of this workspace, as .github/workflows/docker.yml',
  });
}

/** The plan reads an event file, as in CI. */
async function planFor(
  event: WorkflowEvent,
  {
    root,
    head,
    registry,
    ci,
  }: SimulateOptions & { root: string; ci: NonNullable<DockerPluginOptions['ci']> },
): Promise<Plan> {
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-'));
  try {
    const path = join(folder, 'event.json');
    writeFileSync(path, JSON.stringify(event.payload));
    const { NX_BASE: _, NX_HEAD: __, ...env } = process.env;
    const github = { GITHUB_EVENT_NAME: event.name, GITHUB_REF: event.ref, GITHUB_EVENT_PATH: path };
    const options = { root, env: { ...env, ...github }, provider: 'github', head: head ?? 'HEAD' } as const;
    const plan = await makePlan({ ...options, publish: registry === true });
    return registry === true || isUntrusted(event) ? plan : asPublished(plan, ci);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isUntrusted({ name }: WorkflowEvent): boolean {
  return name === 'pull_request' || name === 'merge_group';
}

/** The registry was not asked: what changed stands for what it lacks. */
function asPublished(
  plan: Plan,
  { maxJobs = 256, runners = {} }: NonNullable<DockerPluginOptions['ci']>,
): Plan {
  const edges = plan.images.flatMap(({ id, bases }) => bases.map((base) => ({ from: id, to: base })));
  const waves = planWaves(plan.images, edges).map((wave) =>
    plan.images.filter(({ id }) => wave.includes(id)),
  );
  const allIds = [...plan.images, ...plan.unchanged].map(({ id }) => id);
  return { ...plan, publish: true, waves: planJobs(waves, { allIds, maxJobs, runners }) };
}

interface FoundStep {
  readonly job: string;
  readonly step: WorkflowStep;
}

function findStep({ jobs }: Workflow, command: RegExp): FoundStep | undefined {
  const steps = jobs.flatMap(({ id, steps }) => steps.map((step) => ({ job: id, step })));
  return steps.find(({ step }) => command.test(step.run ?? ''));
}

function keyOf(found: FoundStep | undefined): string {
  return `${found?.job} ${found?.step.id}`;
}

function planOutputs(plan: Plan, command: string): Record<string, string> {
  const waves = Number(/--waves[ =](\d+)/.exec(command)?.[1] ?? plan.waves.length);
  return Object.fromEntries(githubOutputs(plan, waves).map(({ name, value }) => [name, value]));
}
