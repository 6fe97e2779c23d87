import { expandMatrix } from '../../simulate/expand-matrix.js';
import type { GitlabWorkflow } from '../filtered-workflow.js';
import { commandBuild, placeIn, type StepBuild } from '../github/step-builds.js';
import { unknownPart } from '../known-parts.js';
import type { PathList } from '../path-list.js';
import { findBuildCommand } from '../shell/find-build-command.js';
import { runScript } from '../shell/run-script.js';
import type { AuditedScript, AuditedWorkflow, WorkflowBuild } from '../workflow-build.js';
import type { YamlValue } from '../yaml/yaml-value.js';
import { type GitlabConfiguration, type GitlabJob, readGitlabJobs, texts } from './gitlab-jobs.js';
import { readJobRules, readRules } from './gitlab-rules.js';

export interface GitlabReader {
  readonly readText: (path: string) => string | undefined;
  /** All files of the workspace, for includes with a wildcard. */
  readonly paths: readonly string[];
}

/** Reads a pipeline of GitLab: what its jobs build by `docker build` and its kin, and by which rules they run. */
export function readGitlabPipeline(file: string, text: string, reader: GitlabReader): AuditedWorkflow {
  const configuration = readGitlabJobs(file, text, reader);
  const workflow = configuration.global('workflow')?.value.get('rules');
  const globals = variablesOf(configuration.global('variables')?.value);
  const pipelineRules =
    workflow && readRules(workflow, 'workflow', { configuration, expand: expandWith(globals) });
  const jobs = configuration.jobs.map((job) => readJob(job, { file, configuration, globals, pipelineRules }));
  const lists = [...(pipelineRules?.lists ?? []), ...jobs.flatMap((job) => job.lists)];
  return {
    file,
    provider: 'gitlab',
    builds: jobs.flatMap(({ builds }) => builds),
    lists: distinct(lists),
    jobs: configuration.jobs.map(({ id, keyPlace }) => ({ id, name: id, place: keyPlace })),
    metadata: [],
    scripts: jobs.flatMap(({ scripts }) => scripts),
    actions: [],
    problems: configuration.files.flatMap(({ problems }) => problems),
  };
}

interface JobGiven {
  readonly file: string;
  readonly configuration: GitlabConfiguration;
  readonly globals: Readonly<Record<string, string>>;
  readonly pipelineRules: ReturnType<typeof readRules> | undefined;
}

function readJob(job: GitlabJob, given: JobGiven) {
  const { configuration, pipelineRules } = given;
  const own = job.all('variables').map(variablesOf);
  const variables: Record<string, string> = Object.assign({}, given.globals, ...own);
  const { rules, lists } = readJobRules(job, { configuration, expand: expandWith(variables) });
  const workflow: GitlabWorkflow = {
    provider: 'gitlab',
    file: given.file,
    job: job.id,
    rules,
    workflowRules: pipelineRules?.rules ?? [],
  };
  const allLists = [...(pipelineRules?.lists ?? []), ...lists];
  const script = scriptOf(job, configuration);
  const builds = matrixRows(job).flatMap((row) =>
    scriptBuilds(script, { ...variables, ...row }).map((build): WorkflowBuild => {
      const rowText = Object.entries(row)
        .map(([name, value]) => `${name}=${value}`)
        .join(', ');
      return { ...build, workflow, lists: allLists, ...(rowText && { row: rowText }) };
    }),
  );
  const scripts = script.map(
    (line): AuditedScript => ({
      job: job.id,
      text: line.text ?? '',
      place: placeIn(line, 1),
      env: variables,
    }),
  );
  return { builds, lists, scripts };
}

function matrixRows(job: GitlabJob): Record<string, string>[] {
  const matrix = job.get('parallel')?.value.get('matrix').items() ?? [];
  const rows = matrix.flatMap((each) => {
    const vectors = each.entries().map(({ key, value }) => [key, texts(value)]);
    try {
      return expandMatrix(Object.fromEntries(vectors)) as Record<string, string>[];
    } catch {
      return [];
    }
  });
  return rows.length > 0 ? rows : [{}];
}

/** The lines of the script, with what other jobs lend by `!reference`. */
function scriptOf(job: GitlabJob, configuration: GitlabConfiguration): YamlValue[] {
  const before = job.get('before_script') ?? configuration.global('before_script');
  return [before, job.get('script')].flatMap((entry) =>
    entry ? scalars(entry.value, configuration, 0) : [],
  );
}

function scalars(value: YamlValue, configuration: GitlabConfiguration, depth: number): YamlValue[] {
  if (value.text !== undefined) return [value];
  if (depth > 10) return [];
  const target = value.tag === '!reference' ? configuration.refer(texts(value)) : value;
  if (!target) return [];
  if (target !== value) return scalars(target, configuration, depth + 1);
  return value.items().flatMap((item) => scalars(item, configuration, depth + 1));
}

function scriptBuilds(
  script: readonly YamlValue[],
  variables: Readonly<Record<string, string>>,
): StepBuild[] {
  const starts: { line: number; value: YamlValue }[] = [];
  let text = '';
  for (const value of script) {
    starts.push({ line: text.split('\n').length, value });
    text += `${value.text ?? ''}\n`;
  }
  const env = { CI_PROJECT_DIR: '.', ...variables };
  return runScript(text, { env: resolved(env), folder: '.' }).flatMap((command) => {
    const build = findBuildCommand(command);
    const start = starts.findLast(({ line }) => line <= command.line);
    if (!build || !start) return [];
    return [
      commandBuild(build, { place: placeIn(start.value, command.line - start.line + 1), checkout: '.' }),
    ];
  });
}

function variablesOf(value: YamlValue | undefined): Record<string, string> {
  const entries = value?.entries() ?? [];
  return Object.fromEntries(
    entries.map((entry) => [entry.key, entry.value.text ?? entry.value.get('value').text ?? unknownPart]),
  );
}

/** Variables can stand in variables. */
function resolved(variables: Readonly<Record<string, string>>): Record<string, string> {
  const expand = expandWith(variables);
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, expand(expand(value))]));
}

function expandWith(variables: Readonly<Record<string, string>>): (text: string) => string {
  return (text) =>
    text.replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced?: string, plain?: string) => {
      const name = braced ?? plain ?? '';
      return Object.hasOwn(variables, name) ? (variables[name] ?? whole) : unknownPart;
    });
}

/** A list that several jobs share by an anchor or `extends` is one. */
function distinct(lists: readonly PathList[]): PathList[] {
  return [...new Map(lists.map((list) => [`${list.place.file} ${list.range.join()}`, list])).values()];
}
