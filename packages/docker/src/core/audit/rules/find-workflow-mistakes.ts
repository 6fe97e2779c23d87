import { dornyFileLimit } from '../../path-filter/decide-dorny.js';
import { githubFileLimit } from '../../path-filter/decide-run.js';
import type { AuditFinding } from '../audit-finding.js';
import { compileList } from '../match-list.js';
import { listKey, type PathList } from '../path-list.js';
import type { AuditedWorkflow } from '../workflow-build.js';

/** Finds what a filter does to a workflow as a whole. */
export function findWorkflowMistakes(
  workflow: AuditedWorkflow,
  { all, files }: { all: readonly AuditedWorkflow[]; files: readonly string[] },
): AuditFinding[] {
  const lists = guardingLists(workflow);
  return [
    ...lists.flatMap((list) => twoKinds(list, lists)),
    ...lists.flatMap((list) => fileLimit(list, { workflow, files })),
    ...lists.flatMap((list) => deadlock(list, { workflow, all })),
  ];
}

/** The lists of a workflow that decide about builds. */
export function guardingLists({ builds, lists }: AuditedWorkflow): PathList[] {
  const used = new Set(builds.flatMap((build) => build.lists.map(listKey)));
  return lists.filter((list) => used.has(listKey(list)));
}

function twoKinds(list: PathList, lists: readonly PathList[]): AuditFinding[] {
  const other = lists.find(({ dialect, event }) => dialect === 'paths' && event === list.event);
  if (list.dialect !== 'paths-ignore' || !other) return [];
  return [
    {
      rule: 'filter-invalid',
      severity: 'error',
      place: list.place,
      message: `paths and paths-ignore cannot be given for the same event, and GitHub refuses the workflow`,
      fix: 'keep paths, and put what is to be ignored into it with ! in front',
    },
  ];
}

function fileLimit(
  list: PathList,
  { workflow, files }: { workflow: AuditedWorkflow; files: readonly string[] },
): AuditFinding[] {
  const limit = limitOf(list, workflow);
  if (limit === undefined) return [];
  const { passes } = compileList(list);
  const others = files.filter((file) => !passes(file)).length;
  if (others < limit) return [];
  const who = list.dialect === 'dorny' ? 'the action sees' : 'GitHub compares';
  return [
    {
      rule: 'file-limit',
      severity: 'note',
      place: list.place,
      message: `of a change, ${who} the first ${limit} files with ${list.name}, and ${others} files of this repository are none of its own`,
      fix: 'start the workflow without a filter, and select the images in it',
    },
  ];
}

function limitOf({ dialect }: PathList, { builds }: AuditedWorkflow): number | undefined {
  if (dialect === 'paths' || dialect === 'paths-ignore') return githubFileLimit;
  const events = builds.flatMap(({ workflow }) => (workflow.provider === 'github' ? workflow.triggers : []));
  const onPullRequests = events.some(({ event }) => event.startsWith('pull_request'));
  return dialect === 'dorny' && onPullRequests ? dornyFileLimit : undefined;
}

function deadlock(
  list: PathList,
  { workflow, all }: { workflow: AuditedWorkflow; all: readonly AuditedWorkflow[] },
): AuditFinding[] {
  if (list.event === undefined || !list.event.startsWith('pull_request')) return [];
  const others = all.filter((other) => other !== workflow).flatMap((other) => other.jobs);
  const names = workflow.jobs
    .map(({ name }) => name)
    .filter((name) => !others.some((job) => job.name === name));
  if (names.length === 0) return [];
  const shown = names.length > 3 ? [...names.slice(0, 2), `one of ${names.length - 2} others`] : names;
  return [
    {
      rule: 'check-deadlock',
      severity: 'warning',
      place: list.place,
      message: `if ${shown.join(' or ')} is a required check, a pull request that ${list.name} keeps out waits for it for ever`,
      fix: 'require one job that always runs, and select the images in the workflow instead',
    },
  ];
}
