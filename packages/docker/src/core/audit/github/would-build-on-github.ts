import { decideDorny } from '../../path-filter/decide-dorny.js';
import { type Decision, decideRun, type Trigger } from '../../path-filter/decide-run.js';
import { type ConditionValue, evaluateCondition } from '../expression/evaluate-condition.js';
import type { FilterStep, GithubWorkflow, WorkflowChange } from '../filtered-workflow.js';

/** Decides by the triggers of a workflow, and then by the conditions of the job and its step. */
export function wouldBuildOnGithub(workflow: GithubWorkflow, change: WorkflowChange): Decision {
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

function no(because: string): Decision {
  return { runs: false, because };
}
