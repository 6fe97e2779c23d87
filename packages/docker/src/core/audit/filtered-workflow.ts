import { decideChanges } from '../path-filter/decide-changes.js';
import { type DornyFilter, decideDorny } from '../path-filter/decide-dorny.js';
import { type Decision, decideRun, type Trigger } from '../path-filter/decide-run.js';
import { type ConditionValue, evaluateCondition } from './expression/evaluate-condition.js';

/** One build of an image in a workflow, with all that decides whether it runs. */
export type FilteredWorkflow = GithubWorkflow | GitlabWorkflow;

interface WorkflowBuild {
  /** Workspace-relative: the file that the triggers stand in. */
  readonly file: string;
  readonly job?: string;
  /** The image of the workspace that it builds, as the id of its Nx task: `api:docker-build`. */
  readonly imageId?: string;
  /** Registry and repository, without a tag, as far as the workflow says. */
  readonly image?: string;
}

export interface GithubWorkflow extends WorkflowBuild {
  readonly provider: 'github';
  readonly triggers: readonly Trigger[];
  /** `if` of the step, its job and the jobs before it: all have to hold. */
  readonly conditions: readonly string[];
  /** Steps with dorny/paths-filter whose outputs the conditions use. */
  readonly filterSteps: readonly FilterStep[];
}

export interface FilterStep {
  readonly filters: readonly DornyFilter[];
  /**
   * What a condition reads an output by, such as `needs.changes.outputs.api`, and the output: a filter's name, or
   * `changes` for the list of the filters that match.
   */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface GitlabWorkflow extends WorkflowBuild {
  readonly provider: 'gitlab';
  /** Of the job: the first that applies decides. */
  readonly rules: readonly GitlabRule[];
  /** `workflow:rules`; none lets every pipeline start. */
  readonly workflowRules: readonly GitlabRule[];
}

/** A rule of GitLab; `only` and `except` are rules with `refs`. All that it has must apply. */
export interface GitlabRule {
  readonly if?: string;
  readonly changes?: readonly string[];
  /** `branches`, `tags`, `merge_requests`, `schedules`, or names: one must apply. */
  readonly refs?: readonly string[];
  readonly when?: string;
}

/** A change of the repository, as a CI sees it. */
export interface WorkflowChange {
  readonly event: 'push' | 'pull_request' | 'merge_group' | 'schedule' | 'workflow_dispatch';
  /** The branch that was pushed, or that a pull request goes to. */
  readonly branch: string;
  /** The tag that was pushed, instead of the branch. */
  readonly tag?: string;
  /** Changed files in the order of git's diff; `undefined` where there is nothing to compare with. */
  readonly files: readonly string[] | undefined;
  /** How many commits were pushed. Default: few. */
  readonly commits?: number;
  /** True for the first push of a branch, which GitLab compares with nothing. */
  readonly isNewBranch?: boolean;
}

/**
 * Tells if a change makes a workflow build its image. What depends on something that is not known here, such as a
 * variable of the CI, is taken to hold.
 */
export function wouldBuild(workflow: FilteredWorkflow, change: WorkflowChange): Decision {
  return workflow.provider === 'github'
    ? wouldBuildOnGithub(workflow, change)
    : wouldBuildOnGitlab(workflow, change);
}

function wouldBuildOnGithub(workflow: GithubWorkflow, change: WorkflowChange): Decision {
  const { triggers, conditions } = workflow;
  const { event, files, commits } = change;
  const facts = { event, ref: refOf(change), files, ...(commits !== undefined && { commits }) };
  const decisions = triggers
    .filter((trigger) => answers(trigger, event))
    .map((trigger) => decideRun({ ...trigger, event }, facts));
  const started = decisions.find(({ runs }) => runs);
  if (!started) return decisions[0] ?? no(`it does not run for ${event}`);
  const filtered = new Map(outputDecisions(workflow, change));
  for (const text of conditions) {
    const lookUp = (parts: readonly string[]) => githubValue(parts, { workflow, change, filtered });
    if (evaluateCondition(text, { language: 'github', lookUp }) !== false) continue;
    const used = [...filtered].filter(([name]) => text.includes(name.split('.').at(-1) ?? name));
    return no(used.find(([, { runs }]) => !runs)?.[1].because ?? `its condition does not hold: ${text}`);
  }
  const [passed] = [...filtered.values()].filter(({ runs }) => runs);
  return conditions.length > 0 && passed ? passed : started;
}

function answers(trigger: Trigger, event: string): boolean {
  return trigger.event === event || (trigger.event === 'pull_request_target' && event === 'pull_request');
}

function refOf({ event, branch, tag }: WorkflowChange): string {
  if (tag !== undefined) return `refs/tags/${tag}`;
  return event === 'pull_request' ? branch : `refs/heads/${branch}`;
}

/** What the filters decide, by the name that conditions read it by. */
function outputDecisions({ filterSteps }: GithubWorkflow, change: WorkflowChange): [string, Decision][] {
  return filterSteps.flatMap((step) => {
    const decisions = filterDecisions(step, change);
    return Object.entries(step.outputs).flatMap(([name, output]): [string, Decision][] => {
      const decision = decisions.get(output);
      return decision ? [[name, decision]] : [];
    });
  });
}

function filterDecisions({ filters }: FilterStep, { files, event }: WorkflowChange): Map<string, Decision> {
  if (!files) return new Map();
  const changes = files.map((path) => ({ path }));
  return new Map(
    filters.map((filter) => [filter.name, decideDorny(filter, changes, event === 'pull_request')]),
  );
}

function githubValue(
  parts: readonly string[],
  given: { workflow: GithubWorkflow; change: WorkflowChange; filtered: ReadonlyMap<string, Decision> },
): ConditionValue {
  const name = parts.join('.');
  const decision = given.filtered.get(name);
  if (decision) return String(decision.runs);
  const list = given.workflow.filterSteps.find(({ outputs }) => outputs[name] === 'changes');
  if (list && given.change.files) {
    const decisions = filterDecisions(list, given.change);
    return JSON.stringify([...decisions].flatMap(([filter, { runs }]) => (runs ? [filter] : [])));
  }
  if (/^(?:needs|steps)\.[^.]+\.(?:result|outcome|conclusion)$/.test(name)) return 'success';
  return githubFacts(given.change)[name];
}

function githubFacts(change: WorkflowChange): Readonly<Record<string, ConditionValue>> {
  const { event, branch, tag } = change;
  const isPullRequest = event === 'pull_request';
  return {
    'github.event_name': event,
    ...(!isPullRequest && {
      'github.ref': refOf(change),
      'github.ref_name': tag ?? branch,
      'github.head_ref': '',
    }),
    'github.ref_type': tag === undefined ? 'branch' : 'tag',
    'github.base_ref': isPullRequest ? branch : '',
  };
}

function wouldBuildOnGitlab({ rules, workflowRules }: GitlabWorkflow, change: WorkflowChange): Decision {
  const pipeline = workflowRules.length > 0 ? decideRules(workflowRules, change) : undefined;
  if (pipeline && !pipeline.runs) return no(`no pipeline starts: ${pipeline.because}`);
  return rules.length > 0
    ? decideRules(rules, change)
    : decideRules([{ refs: ['branches', 'tags'] }], change);
}

/** The first rule that applies decides. */
function decideRules(rules: readonly GitlabRule[], change: WorkflowChange): Decision {
  const denied: string[] = [];
  for (const rule of rules) {
    const decision = appliesTo(rule, change);
    if (!decision.runs) {
      denied.push(decision.because);
      continue;
    }
    return rule.when === 'never' ? no(`a rule excludes it: ${decision.because}`) : decision;
  }
  return no(denied.join('; ') || 'no rule applies');
}

function appliesTo(rule: GitlabRule, change: WorkflowChange): Decision {
  if (rule.refs && !rule.refs.some((ref) => isRef(ref, change)))
    return no(`it is only for ${rule.refs.join(', ')}`);
  const lookUp = ([name = '']: readonly string[]) => gitlabFacts(change)[name];
  const holds = rule.if === undefined || evaluateCondition(rule.if, { language: 'gitlab', lookUp });
  if (holds === false) return no(`its condition does not hold: ${rule.if}`);
  if (!rule.changes) return { runs: true, because: rule.if ?? 'it has no path filter' };
  return decideChanges(rule.changes, comparedFiles(change));
}

/** https://docs.gitlab.com/ci/jobs/job_rules/#jobs-or-pipelines-run-unexpectedly-when-using-changes */
function comparedFiles({ event, tag, files, isNewBranch }: WorkflowChange) {
  if (tag !== undefined) return { files: undefined, without: 'a tag' };
  if (event === 'schedule') return { files: undefined, without: 'a schedule' };
  if (event === 'workflow_dispatch') return { files: undefined, without: 'a pipeline started by hand' };
  if (event === 'push' && isNewBranch) return { files: undefined, without: 'a new branch' };
  return { files };
}

function isRef(ref: string, { event, branch, tag }: WorkflowChange): boolean {
  if (ref === 'merge_requests') return event === 'pull_request';
  if (event === 'pull_request') return false;
  if (ref === 'branches') return tag === undefined;
  if (ref === 'tags') return tag !== undefined;
  if (ref === 'schedules') return event === 'schedule';
  if (ref === 'pushes') return event === 'push';
  if (ref === 'web') return event === 'workflow_dispatch';
  const name = tag ?? branch;
  const expression = /^\/(.*)\/(i?)$/s.exec(ref);
  if (!expression) return ref === name;
  try {
    return new RegExp(expression[1] ?? '', expression[2]).test(name);
  } catch {
    return true;
  }
}

const sources: Readonly<Record<WorkflowChange['event'], string>> = {
  push: 'push',
  pull_request: 'merge_request_event',
  merge_group: 'merge_request_event',
  schedule: 'schedule',
  workflow_dispatch: 'web',
};

function gitlabFacts({ event, branch, tag }: WorkflowChange): Readonly<Record<string, ConditionValue>> {
  const isMerge = sources[event] === 'merge_request_event';
  return {
    $CI_PIPELINE_SOURCE: sources[event],
    $CI_COMMIT_TAG: tag ?? null,
    $CI_COMMIT_BRANCH: isMerge || tag !== undefined ? null : branch,
    ...(isMerge
      ? { $CI_MERGE_REQUEST_TARGET_BRANCH_NAME: branch }
      : {
          $CI_COMMIT_REF_NAME: tag ?? branch,
          $CI_MERGE_REQUEST_ID: null,
          $CI_MERGE_REQUEST_IID: null,
          $CI_MERGE_REQUEST_TARGET_BRANCH_NAME: null,
        }),
  };
}

function no(because: string): Decision {
  return { runs: false, because };
}
