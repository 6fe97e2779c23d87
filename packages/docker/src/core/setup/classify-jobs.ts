import { readGitlabJobs } from '../audit/gitlab/gitlab-jobs.js';
import { findBuildCommand } from '../audit/shell/find-build-command.js';
import { runScript } from '../audit/shell/run-script.js';
import type { AuditedWorkflow } from '../audit/workflow-build.js';
import { parseYaml, type YamlValue } from '../audit/yaml/yaml-value.js';

/** What a job of an existing workflow is for. */
export interface ClassifiedJob {
  readonly id: string;
  /** `image` builds images; `filter` decides which; `bump` writes tags into manifests; `other` does anything else. */
  readonly kind: 'image' | 'filter' | 'bump' | 'other';
  /** True if it writes tags into manifests, alone or after a build. */
  readonly bumps?: true;
  /** Of an `other` job, the step that is no part of building images: for people. */
  readonly does?: string;
}

/**
 * Tells which jobs do nothing but build and push images, or serve those that do. A job with a single step of any other
 * kind is `other`, so that nothing is lost with its file.
 *
 * @param building Ids of the jobs with builds of images that the generated workflow builds, too.
 */
export function classifyJobs(
  { file, provider, scripts }: Pick<AuditedWorkflow, 'file' | 'provider' | 'scripts'>,
  text: string,
  building: ReadonlySet<string>,
): ClassifiedJob[] {
  if (provider === 'github')
    return parseYaml(file, text)
      .root.get('jobs')
      .entries()
      .map(({ key, value }) => classify(key, githubSteps(value), building.has(key)));
  const { jobs } = readGitlabJobs(file, text, { readText: () => undefined, paths: [] });
  return jobs.map(({ id }) => {
    const own = scripts.filter(({ job }) => job === id).map((script) => script.text);
    return classify(id, own.flatMap(scriptSteps), building.has(id));
  });
}

/** One step or command: what it is for, and how to show it. */
interface Step {
  readonly kind: 'image' | 'filter' | 'bump' | 'neutral' | 'other';
  readonly shown: string;
}

function classify(id: string, steps: readonly Step[], builds: boolean): ClassifiedJob {
  const has = (kind: Step['kind']) => steps.some((step) => step.kind === kind);
  const other = steps.find(({ kind }) => kind === 'other');
  if (other) return { id, kind: 'other', does: other.shown };
  if (builds) return { id, kind: 'image', ...(has('bump') && { bumps: true }) };
  if (has('bump') && !has('image')) return { id, kind: 'bump', bumps: true };
  if (has('filter') && !has('image')) return { id, kind: 'filter' };
  return {
    id,
    kind: 'other',
    does: steps.find(({ kind }) => kind === 'image')?.shown ?? 'nothing that is known here',
  };
}

const imageActions =
  /^docker\/(?:setup-(?:buildx|qemu|docker)-action|login-action|metadata-action|build-push-action|bake-action)@/;

/** The generated workflow does the same. */
const prepareActions = /^(?:actions\/(?:checkout|setup-node)|pnpm\/action-setup|nrwl\/nx-set-shas)@/;
const installs = /^(?:(?:npm|pnpm|yarn|bun) (?:ci|install)|corepack enable)\b/;

function githubSteps(job: YamlValue): Step[] {
  const called = job.get('uses').text;
  if (called !== undefined) return [{ kind: 'other', shown: `it calls ${called}` }];
  return job
    .get('steps')
    .items()
    .flatMap((step): Step[] => {
      const uses = step.get('uses').text;
      const shown = step.get('name').text ?? uses ?? '';
      const run = step.get('run').text;
      if (run !== undefined) return scriptSteps(run);
      if (prepareActions.test(uses ?? '')) return [{ kind: 'neutral', shown }];
      if (/^dorny\/paths-filter@/.test(uses ?? '')) return [{ kind: 'filter', shown }];
      return [{ kind: imageActions.test(uses ?? '') ? 'image' : 'other', shown }];
    });
}

function scriptSteps(script: string): Step[] {
  return runScript(script.replace(/\$\{\{.*?\}\}/gs, 'x'), { env: {}, folder: '.' }).map((command) => {
    const [program = '', ...args] = command.words;
    const shown = command.words.join(' ');
    if (findBuildCommand(command)) return { kind: 'image', shown };
    return { kind: kindOf(program, args), shown };
  });
}

const neutral = new Set(
  'echo printf set cd export true : test [ [[ if then else elif fi for do done date sleep exit'.split(' '),
);

function kindOf(program: string, args: readonly string[]): Step['kind'] {
  const line = args.join(' ');
  if (neutral.has(program)) return 'neutral';
  if (program === 'git' || installs.test(`${program} ${line}`)) return 'neutral';
  if (program === 'docker' || program === 'podman')
    return /^(?:push|tag|login|logout|pull|images|info|version|buildx)\b/.test(line) ? 'image' : 'other';
  if (program === 'sed' && /(?:^| )-i/.test(line) && /newTag|image:/.test(line)) return 'bump';
  if (program === 'kustomize' && line.startsWith('edit set image')) return 'bump';
  return program === 'yq' && /(?:^| )-i/.test(line) && /newTag|image/.test(line) ? 'bump' : 'other';
}
