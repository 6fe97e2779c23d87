import { type Decision, decideRun, type Trigger } from '../path-filter/decide-run.js';
import type { TriggerSettings, Workflow } from './workflow.js';
import type { WorkflowEvent } from './workflow-event.js';

/** Decides whether an event starts a workflow, by the filters of its trigger. */
export function matchTrigger({ triggers }: Workflow, event: WorkflowEvent): Decision {
  const settings = triggers[event.name];
  if (settings === undefined) return { runs: false, because: `\`on\` does not name ${event.name}` };
  const types = listOf(settings?.types) ?? defaultTypes[event.name];
  const action = event.payload.action;
  if (types && typeof action === 'string' && !types.includes(action))
    return { runs: false, because: `\`on\` does not name the type ${action} of ${event.name}` };
  if (event.name === 'workflow_dispatch') return { runs: true, because: 'it can be started by hand' };
  return decideRun(readTrigger(event.name, settings ?? {}), {
    event: event.name,
    ref: event.baseRef === undefined ? event.ref : `refs/heads/${event.baseRef}`,
    files: event.changedFiles,
  });
}

const defaultTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
  merge_group: ['checks_requested'],
};

function readTrigger(event: string, settings: TriggerSettings): Trigger {
  const lists = {
    branches: listOf(settings.branches),
    branchesIgnore: listOf(settings['branches-ignore']),
    tags: listOf(settings.tags),
    tagsIgnore: listOf(settings['tags-ignore']),
    paths: listOf(settings.paths),
    pathsIgnore: listOf(settings['paths-ignore']),
  };
  const given = Object.entries(lists).filter(([, list]) => list !== undefined);
  return { event, ...(Object.fromEntries(given) as Omit<Trigger, 'event'>) };
}

function listOf(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return (Array.isArray(value) ? value : [value]).map(String);
}
