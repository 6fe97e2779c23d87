import { decideChanges } from '../../path-filter/decide-changes.js';
import type { Decision } from '../../path-filter/decide-run.js';
import { type ConditionValue, evaluateCondition } from '../expression/evaluate-condition.js';
import type { GitlabRule, GitlabWorkflow, WorkflowChange } from '../filtered-workflow.js';

/** Decides by the rules of the pipeline, and then by those of the job. */
export function wouldBuildOnGitlab(
  { rules, workflowRules }: GitlabWorkflow,
  change: WorkflowChange,
): Decision {
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
