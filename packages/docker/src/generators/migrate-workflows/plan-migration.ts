import { readTriggers } from '../../core/audit/github/github-triggers.js';
import type { AuditedWorkflow } from '../../core/audit/workflow-build.js';
import { parseYaml } from '../../core/audit/yaml/yaml-value.js';
import { type ClassifiedJob, classifyJobs } from '../../core/setup/classify-jobs.js';
import { joinWords } from '../../core/setup/find-agreement.js';
import type { SetupPlan } from '../setup/plan-setup.js';
import type { SetupFacts } from '../setup/read-setup.js';

/** What becomes of one file that builds images. */
export interface MigratedFile {
  readonly file: string;
  readonly jobs: readonly ClassifiedJob[];
  /** Why it cannot be deleted, sentence by sentence; none where it can. */
  readonly reasons: readonly string[];
  /** What is lost with it although the generated workflow builds the same images. */
  readonly notes: readonly string[];
}

/** Decides for each file that builds images if the generated workflow does all that it does. */
export function planMigration(facts: SetupFacts, plan: SetupPlan): MigratedFile[] {
  const { model } = facts;
  const hasKubernetes = [facts.entries[0].options.kubernetes, plan.options[0]?.kubernetes].some(Boolean);
  const building = new Set(model.builds.map(({ build }) => build.workflow.file));
  return model.workflows
    .filter(({ file, provider }) => building.has(file) && provider === plan.provider)
    .map((workflow) => migrate(workflow, { facts, plan, hasKubernetes }));
}

interface Given {
  readonly facts: SetupFacts;
  readonly plan: SetupPlan;
  readonly hasKubernetes: boolean;
}

function migrate(workflow: AuditedWorkflow, { facts, plan, hasKubernetes }: Given): MigratedFile {
  const { file } = workflow;
  const { readText } = facts.workspace;
  const open = openBuilds(file, facts, plan);
  const jobs = classifyJobs(workflow, readText(file) ?? '', coveredJobs(file, facts, open));
  const others = jobs.filter(({ kind }) => kind === 'other');
  const bumping = jobs.filter(({ bumps }) => bumps);
  const callers = callersOf(file, facts);
  return {
    file,
    jobs,
    reasons: [
      ...[...open.values()],
      ...others
        .filter(({ id }) => !open.has(id))
        .map(({ id, does }) => `the job ${id} does something else: ${shorten(does ?? '')}`),
      ...(hasKubernetes ? [] : bumping).map(
        ({ id }) => `the job ${id} writes tags into manifests: give --kubernetes with their folder`,
      ),
      ...callers.map((caller) => `${caller} calls it, or waits for it`),
    ],
    notes: triggerNotes(file, readText(file) ?? '', plan),
  };
}

/** Why the generated workflow does not build what a job builds, by job. */
function openBuilds(file: string, { model, images }: SetupFacts, plan: SetupPlan): Map<string, string> {
  const open = new Map<string, string>();
  const known = new Set(images.map(({ image }) => image.dockerfilePath));
  for (const { build, image } of model.builds) {
    const { job = '' } = build.workflow;
    const { dockerfilePath } = image.image;
    if (build.workflow.file !== file) continue;
    if (!known.has(dockerfilePath))
      open.set(job, `the job ${job} builds ${dockerfilePath}, which is no image of the plugin`);
    else if (plan.contradictions.some((text) => text.includes(dockerfilePath)))
      open.set(job, `the job ${job} builds ${dockerfilePath}, about which the sources contradict each other`);
  }
  for (const { workflow, place } of model.unlinked)
    if (workflow.file === file)
      open.set(
        workflow.job ?? '',
        `it cannot be told what the job ${workflow.job} builds at line ${place.line}`,
      );
  return open;
}

function coveredJobs(file: string, { model }: SetupFacts, open: ReadonlyMap<string, string>): Set<string> {
  const own = model.builds.filter(({ build }) => build.workflow.file === file);
  return new Set(own.flatMap(({ build }) => build.workflow.job ?? []).filter((job) => !open.has(job)));
}

/** Other workflows that name it: they would break without it. */
function callersOf(file: string, { workspace, model }: SetupFacts): string[] {
  const text = workspace.readText(file) ?? '';
  const name = parseYaml(file, text).root.get('name').text;
  return model.workflows
    .filter((other) => other.file !== file && other.provider === 'github')
    .filter((other) => {
      const source = workspace.readText(other.file) ?? '';
      const run = parseYaml(other.file, source).root.get('on').get('workflow_run').get('workflows');
      const names = [run.text, ...run.items().map((item) => item.text)];
      return source.includes(`./${file}`) || (name !== undefined && names.includes(name));
    })
    .map((other) => other.file);
}

const generatedEvents = ['push', 'pull_request', 'pull_request_target', 'merge_group', 'workflow_dispatch'];

function triggerNotes(file: string, text: string, { provider }: SetupPlan): string[] {
  if (provider !== 'github') return [];
  const events = readTriggers(parseYaml(file, text).root).map(({ trigger }) => trigger.event);
  const lost = events.filter((event) => !generatedEvents.includes(event));
  if (lost.length === 0) return [];
  const advice = lost.includes('schedule') ? '; for a schedule there is the plugin option ci.schedule' : '';
  return [`${file} also ran for ${joinWords(lost)}; the generated workflow does not${advice}`];
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
