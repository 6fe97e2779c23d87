import type { GithubWorkflow } from '../filtered-workflow.js';
import { known, unknownPart } from '../known-parts.js';
import type {
  ActionUse,
  AuditedJob,
  AuditedScript,
  AuditedWorkflow,
  MetadataStep,
  WorkflowBuild,
} from '../workflow-build.js';
import { parseYaml, type YamlEntry, type YamlFile, type YamlValue } from '../yaml/yaml-value.js';
import { expandIn, fillCondition, type GithubScope, type RepositoryFacts, withEnv } from './github-scope.js';
import { type GithubTrigger, readTriggers } from './github-triggers.js';
import { jobConditions } from './job-conditions.js';
import { filtersIn, type JobFilters, readJobFilters } from './job-filters.js';
import { matrixRows } from './matrix-rows.js';
import { metadataOutputs, readMetadataStep } from './metadata-step.js';
import { scriptOutputs } from './script-outputs.js';
import { findStepBuilds, placeIn } from './step-builds.js';

export interface GithubReader {
  /** The text of a file of the workspace. */
  readonly readText: (path: string) => string | undefined;
  readonly facts: RepositoryFacts;
}

/**
 * Reads a workflow of GitHub Actions: what starts it and what it builds, with the reusable workflows and the actions of
 * the same repository that it calls.
 */
export function readGithubWorkflow(file: string, text: string, reader: GithubReader): AuditedWorkflow {
  const source = parseYaml(file, text);
  const triggers = readTriggers(source.root);
  const found: Found = { builds: [], jobs: [], metadata: [], scripts: [], actions: [] };
  // A workflow that others call builds nothing by itself.
  if (triggers.some(({ trigger }) => trigger.event !== 'workflow_call'))
    visitWorkflow(source, { file, triggers, reader, inputs: {}, conditions: [], depth: 0 }, found);
  const filters = readJobFilters(source.root.get('jobs').entries(), { source, readText: reader.readText });
  const lists = [
    ...triggers.flatMap((trigger) => trigger.lists),
    ...filters.steps.flatMap((step) => step.lists),
  ];
  return { file, provider: 'github', ...found, lists, problems: source.problems };
}

interface Found {
  readonly builds: WorkflowBuild[];
  readonly jobs: AuditedJob[];
  readonly metadata: MetadataStep[];
  readonly scripts: AuditedScript[];
  readonly actions: ActionUse[];
}

/** How a workflow comes to run. */
interface Call {
  /** The file whose triggers count. */
  readonly file: string;
  readonly triggers: readonly GithubTrigger[];
  readonly reader: GithubReader;
  readonly inputs: GithubScope['inputs'];
  readonly conditions: readonly string[];
  readonly depth: number;
}

/** GitHub nests reusable workflows four deep, and actions ten. */
const deepest = 10;

function visitWorkflow(source: YamlFile, call: Call, found: Found): void {
  const jobs = source.root.get('jobs').entries();
  const filters = readJobFilters(jobs, { source, readText: call.reader.readText });
  const empty: GithubScope = {
    facts: call.reader.facts,
    env: {},
    matrix: {},
    inputs: call.inputs,
    outputs: {},
  };
  const top = withEnv(empty, source.root.get('env'));
  const outputs: Record<string, string> = {};
  for (const job of jobs) visitJob(job, { source, call, found, filters, jobs, scope: top, outputs });
}

interface Visit {
  readonly source: YamlFile;
  readonly call: Call;
  readonly found: Found;
  readonly filters: JobFilters;
  readonly jobs: readonly YamlEntry[];
  readonly scope: GithubScope;
  /** Outputs of the jobs before, by whole name; added to. */
  readonly outputs: Record<string, string>;
}

function visitJob(job: YamlEntry, visit: Visit): void {
  const { key: id, value } = job;
  const { call, found, filters, outputs } = visit;
  if (call.depth === 0) found.jobs.push({ id, name: value.get('name').text ?? id, place: job.keyPlace });
  const matrix = value.get('strategy').get('matrix');
  for (const row of matrixRows(matrix, { ...visit.scope, outputs }, filters.listed)) {
    const scope = withEnv({ ...visit.scope, outputs: { ...outputs }, matrix: row.values }, value.get('env'));
    const conditions = [
      ...call.conditions,
      ...(row.condition === undefined ? [] : [row.condition]),
      ...jobConditions(job, visit.jobs).map((text) => fillCondition(scope, text)),
    ];
    const rowText = Object.keys(row.values).length > 0 ? formatRow(row.values) : undefined;
    const inJob: JobVisit = { ...visit, id, job: value, scope, conditions, row: rowText };
    if (value.get('uses').text !== undefined) callWorkflow(value, inJob);
    else visitSteps(value.get('steps').items(), inJob);
  }
}

interface JobVisit extends Visit {
  readonly id: string;
  readonly job: YamlValue;
  readonly conditions: readonly string[];
  readonly row: string | undefined;
}

function callWorkflow(job: YamlValue, visit: JobVisit): void {
  const { call, found, scope } = visit;
  const uses = job.get('uses');
  const file = /^\.\/(.+)$/.exec(uses.text ?? '')?.[1];
  const text = file === undefined ? undefined : call.reader.readText(file);
  if (file === undefined || text === undefined || call.depth >= deepest) {
    addAction(uses, found);
    return;
  }
  const source = parseYaml(file, text);
  const inputs = inputValues(
    source.root.get('on').get('workflow_call').get('inputs'),
    job.get('with'),
    scope,
  );
  visitWorkflow(source, { ...call, inputs, conditions: visit.conditions, depth: call.depth + 1 }, found);
}

/** What is given, and the defaults of what is not. */
function inputValues(declared: YamlValue, given: YamlValue, scope: GithubScope): Record<string, string> {
  const defaults = declared.entries().map(({ key, value }) => [key, value.get('default').text ?? '']);
  const values = given.entries().map(({ key, value }) => [key, expandIn(scope, value.text ?? unknownPart)]);
  return Object.fromEntries([...defaults, ...values]);
}

function visitSteps(steps: readonly YamlValue[], visit: JobVisit): void {
  const { job, id, outputs } = visit;
  let scope = visit.scope;
  let checkout = '.';
  for (const step of steps) {
    const stepScope = withEnv(scope, step.get('env'));
    const uses = step.get('uses').text ?? '';
    if (/^actions\/checkout@/.test(uses) && !step.get('with').get('repository').exists)
      checkout =
        known(expandIn(stepScope, step.get('with').get('path').text ?? '.'))?.replace(/^\.\/|\/$/g, '') ||
        '.';
    visitStep(step, { ...visit, scope: stepScope }, checkout);
    const metadata = readMetadataStep(step, stepScope);
    if (metadata) {
      const conditions = stepConditions(step, visit, stepScope);
      const workflow = workflowOf(visit, { conditions, references: metadata.images });
      visit.found.metadata.push({ ...metadata, job: id, workflow });
    }
    const made = metadata ? metadataOutputs(metadata) : scriptOutputs(step, stepScope);
    scope = { ...scope, outputs: { ...scope.outputs, ...made } };
  }
  for (const { key, value } of job.get('outputs').entries()) {
    const text = expandIn(scope, value.text ?? '');
    if (text !== unknownPart) outputs[`needs.${id}.outputs.${key}`] = text;
  }
}

function visitStep(step: YamlValue, visit: JobVisit, checkout: string): void {
  const { call, found, scope, id, filters, job, source } = visit;
  const conditions = stepConditions(step, visit, scope);
  const folder = known(expandIn(scope, workingFolder(step, job, source)));
  const script = step.get('run');
  if (script.text !== undefined)
    found.scripts.push({
      job: id,
      text: expandIn(scope, script.text),
      place: placeIn(script, 1),
      env: scope.env,
    });
  const lists = [...call.triggers.flatMap((trigger) => trigger.lists), ...filtersIn(conditions, filters)];
  for (const build of findStepBuilds(step, { scope, folder: folder ?? unknownPart, checkout })) {
    const workflow = workflowOf(visit, { conditions, references: build.references });
    found.builds.push({ ...build, workflow, lists, ...(visit.row !== undefined && { row: visit.row }) });
  }
  callAction(step, { ...visit, conditions });
}

function stepConditions(step: YamlValue, { conditions }: JobVisit, scope: GithubScope): readonly string[] {
  const own = step.get('if').text;
  return own === undefined ? conditions : [...conditions, fillCondition(scope, own)];
}

function workingFolder(step: YamlValue, job: YamlValue, { root }: YamlFile): string {
  const places = [step, job.get('defaults').get('run'), root.get('defaults').get('run')];
  return places.map((place) => place.get('working-directory').text).find((text) => text !== undefined) ?? '.';
}

function workflowOf(
  { call, id, filters }: JobVisit,
  { conditions, references }: { conditions: readonly string[]; references: readonly string[] },
): GithubWorkflow {
  const repository = references.map(repositoryOf).find((name) => known(name) !== undefined);
  return {
    provider: 'github',
    file: call.file,
    job: id,
    ...(repository !== undefined && { image: repository }),
    triggers: call.triggers.map(({ trigger }) => trigger),
    conditions,
    filterSteps: filters.steps.map((step) => ({ filters: step.filters, outputs: step.outputs })),
  };
}

/** What stands before the tag. */
function repositoryOf(reference: string): string {
  return reference.replace(/@.*$/, '').replace(/:[^/]*$/, '');
}

/** Steps of an action in the same repository count as steps of the job. */
function callAction(step: YamlValue, visit: JobVisit): void {
  const uses = step.get('uses');
  if (uses.text === undefined) return;
  const folder = /^\.\/(.*?)\/?$/.exec(uses.text)?.[1];
  const { call, found, scope } = visit;
  const file = ['action.yml', 'action.yaml']
    .map((name) => (folder ? `${folder}/${name}` : name))
    .find((path) => folder !== undefined && call.reader.readText(path) !== undefined);
  if (file === undefined || call.depth >= deepest) {
    addAction(uses, found);
    return;
  }
  const source = parseYaml(file, call.reader.readText(file) ?? '');
  const inputs = inputValues(source.root.get('inputs'), step.get('with'), scope);
  const inside = { ...visit, source, call: { ...call, depth: call.depth + 1 }, scope: { ...scope, inputs } };
  visitSteps(source.root.get('runs').get('steps').items(), { ...inside, outputs: {} });
}

function addAction(uses: YamlValue, { actions }: Found): void {
  const [, action, ref] = /^([\w.-]+\/[^@\s]+)@(\S+)$/.exec(uses.text ?? '') ?? [];
  if (action !== undefined && ref !== undefined) actions.push({ action, ref, place: uses.place });
}

function formatRow(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
}
