import type { AuditFinding } from '../audit-finding.js';
import type { AuditImage, AuditInput } from '../audit-image.js';
import { type FilteredWorkflow, type WorkflowChange, wouldBuild } from '../filtered-workflow.js';
import { compileList } from '../match-list.js';
import { listKey, type PathList } from '../path-list.js';
import { type SuggestFacts, suggestPatterns } from '../suggest-patterns.js';
import type { WorkflowBuild } from '../workflow-build.js';

/** A build and the image that it makes. */
export interface AuditedBuild {
  readonly build: WorkflowBuild;
  readonly image: AuditImage;
}

/**
 * Finds the build inputs whose change starts no build, list by list: what the list would have to cover, and by which
 * instruction each file is read.
 */
export function findMissedInputs(builds: readonly AuditedBuild[], files: readonly string[]): AuditFinding[] {
  const missed = new Map<string, Missed>();
  for (const audited of builds) {
    for (const { list, inputs } of missedByList(audited)) {
      const key = `${listKey(list)} ${audited.image.id}`;
      const known = missed.get(key);
      const all = new Map([...(known?.inputs ?? []), ...inputs].map((input) => [input.path, input]));
      missed.set(key, { list, image: audited.image, inputs: [...all.values()] });
    }
  }
  return [...missed.values()].flatMap((each) => {
    const key = listKey(each.list);
    const guarded = builds.filter(({ build }) => build.lists.some((list) => listKey(list) === key));
    const isAlone = new Set(guarded.map(({ image }) => image.id)).size === 1;
    const given = { ...each, files, isAlone };
    return [...toFinding(given, 'input-missed'), ...toFinding(given, 'base-missed')];
  });
}

interface Missed {
  readonly list: PathList;
  readonly image: AuditImage;
  readonly inputs: readonly AuditInput[];
}

function missedByList({ build, image }: AuditedBuild): { list: PathList; inputs: AuditInput[] }[] {
  if (build.lists.length === 0) return [];
  return sampleChanges(build.workflow).flatMap((change) => {
    const missed = image.inputs.filter(
      ({ path }) => !wouldBuild(build.workflow, { ...change, files: [path] }).runs,
    );
    return missed.length === 0 ? [] : guiltyLists(build.lists, { change, image, missed });
  });
}

/** The lists that keep the change of a file out: of those of which one is enough, the one that covers most. */
function guiltyLists(
  lists: readonly PathList[],
  { change, image, missed }: { change: WorkflowChange; image: AuditImage; missed: readonly AuditInput[] },
) {
  const inEvent = lists.filter(
    ({ event }) => event === undefined || event.replace('_target', '') === change.event,
  );
  const blocking = inEvent.filter(({ dialect }) => dialect === 'paths' || dialect === 'paths-ignore');
  const alternatives = inEvent.filter((list) => !blocking.includes(list));
  const covered = (list: PathList): number => {
    const { passes } = compileList(list);
    return image.inputs.filter(({ path }) => passes(path)).length;
  };
  const [best] = alternatives
    .map((list) => ({ list, count: covered(list) }))
    .sort((a, b) => b.count - a.count);
  const guilty = [...blocking, ...(best ? [best.list] : [])];
  return guilty.flatMap((list) => {
    const { passes } = compileList(list);
    const inputs = missed.filter(({ path }) => !passes(path));
    return inputs.length > 0 ? [{ list, inputs }] : [];
  });
}

const usualBranches = ['main', 'master', 'develop', 'release/1'];

/** One change for each event that can build at all, on a branch that can. */
export function sampleChanges(workflow: FilteredWorkflow): WorkflowChange[] {
  return (['push', 'pull_request'] as const).flatMap((event) => {
    for (const branch of [...usualBranches, ...namedBranches(workflow)]) {
      const change = { event, branch, files: undefined };
      if (wouldBuild(workflow, change).runs) return [change];
    }
    return [];
  });
}

function namedBranches(workflow: FilteredWorkflow): string[] {
  if (workflow.provider === 'github') {
    const patterns = workflow.triggers.flatMap(({ branches = [] }) => branches);
    return patterns.map((pattern) => pattern.replace(/\*+/g, 'x').replace(/[?+]/g, ''));
  }
  const rules = [...workflow.workflowRules, ...workflow.rules];
  const quoted = rules.flatMap((rule) =>
    [...(rule.if ?? '').matchAll(/["']([^"']+)["']/g)].map(([, text = '']) => text),
  );
  return [...quoted, ...rules.flatMap(({ refs = [] }) => refs)];
}

const shown = 3;

function toFinding(
  { inputs, ...facts }: Missed & SuggestFacts,
  rule: 'input-missed' | 'base-missed',
): AuditFinding[] {
  const { list, image } = facts;
  const isBase = rule === 'base-missed';
  const own = inputs.filter(({ base }) => (base !== undefined) === isBase);
  if (own.length === 0) return [];
  const paths = own.map(({ path }) => path);
  // Another pattern would only let fewer files pass.
  const patterns = list.quantifier === 'every' ? [] : suggestPatterns(paths, facts);
  const names = own.slice(0, shown).map(({ path, because }) => `${path} (${because[0]})`);
  const more = own.length > shown ? `, and ${own.length - shown} more` : '';
  const what = own.length === 1 ? 'a build input' : `${own.length} build inputs`;
  const whose = isBase ? `${what} of what ${image.id} is built from` : `${what} of ${image.id}`;
  return [
    {
      rule,
      severity: isBase ? 'warning' : 'error',
      place: list.place,
      message: `${list.name} ${coverVerb(list)} ${whose}: ${names.join(', ')}${more}`,
      fix: fixOf(list, patterns),
      image: image.id,
      files: own.map(({ path, because }) => ({ path, because })),
      patterns,
    },
  ];
}

function coverVerb({ dialect }: PathList): string {
  return dialect === 'paths-ignore' ? 'ignores' : 'does not cover';
}

function fixOf({ dialect, name, quantifier }: PathList, patterns: readonly string[]): string {
  if (quantifier === 'every')
    return `let ${name} match them by a single pattern: with every, a file has to match all patterns`;
  const listed =
    patterns.slice(0, 5).join(', ') + (patterns.length > 5 ? ` and ${patterns.length - 5} more` : '');
  if (dialect === 'paths-ignore') return `use paths with ** and ! instead, and take in ${listed}`;
  return `add ${listed} to ${name}`;
}
