import type { DornyFilter } from '../path-filter/decide-dorny.js';
import type { Decision, Trigger } from '../path-filter/decide-run.js';
import { wouldBuildOnGithub } from './github/would-build-on-github.js';
import { wouldBuildOnGitlab } from './gitlab/would-build-on-gitlab.js';

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
