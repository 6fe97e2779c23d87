import type { AuditFinding } from './audit-finding.js';
import { listKey, type PathList } from './path-list.js';
import { findBadActions } from './rules/find-bad-actions.js';
import { findBumpMistakes } from './rules/find-bump-mistakes.js';
import { findInvalidTags } from './rules/find-invalid-tags.js';
import { findListMistakes } from './rules/find-list-mistakes.js';
import { type AuditedBuild, findMissedInputs } from './rules/find-missed-inputs.js';
import { findSharedCaches } from './rules/find-shared-caches.js';
import { findWorkflowMistakes, guardingLists } from './rules/find-workflow-mistakes.js';
import type { AuditedWorkflow, WorkflowBuild } from './workflow-build.js';

export interface AuditFacts {
  readonly workflows: readonly AuditedWorkflow[];
  readonly builds: readonly AuditedBuild[];
  /** Builds of which cannot be told what they build. */
  readonly unlinked: readonly WorkflowBuild[];
  /** All files of the repository. */
  readonly files: readonly string[];
}

/** Compares workflows with what their images are built from. Errors first, then by place. */
export function auditWorkflows(facts: AuditFacts): AuditFinding[] {
  const { workflows, builds, unlinked, files } = facts;
  const findings = [
    ...findMissedInputs(builds, files),
    ...workflows.flatMap((workflow) => findListsMistakes(workflow, facts)),
    ...workflows.flatMap((workflow) => findWorkflowMistakes(workflow, { all: workflows, files })),
    ...findSharedCaches(builds),
    ...workflows.flatMap((workflow) => [
      ...workflow.problems.map(unreadable),
      ...findInvalidTags(workflow.metadata),
      ...findBumpMistakes(workflow),
      ...findBadActions(workflow.actions),
    ]),
    ...builds.flatMap(findUnchecked),
    ...unlinked.map(unknownBuild),
  ];
  return sortFindings(findings);
}

function findListsMistakes(workflow: AuditedWorkflow, facts: AuditFacts): AuditFinding[] {
  const built = new Set(workflow.builds.map(({ workflow: { job } }) => job));
  const filterJobs = workflow.lists.some(({ dialect }) => dialect === 'dorny') ? 1 : 0;
  const hasOtherJobs = workflow.jobs.filter(({ id }) => !built.has(id)).length > filterJobs;
  return guardingLists(workflow).flatMap((list) =>
    findListMistakes({ list, files: facts.files, inputs: guardedInputs(list, facts), hasOtherJobs }),
  );
}

/** All that the images read whose builds a list guards; `undefined` where one of them is not known. */
function guardedInputs(list: PathList, { builds, unlinked }: AuditFacts): ReadonlySet<string> | undefined {
  const key = listKey(list);
  const isGuarded = (build: WorkflowBuild): boolean => build.lists.some((each) => listKey(each) === key);
  const images = builds.filter(({ build }) => isGuarded(build)).map(({ image }) => image);
  // What another task makes may come from any file.
  if (unlinked.some(isGuarded) || images.length === 0 || images.some(({ made }) => made.length > 0))
    return undefined;
  return new Set(images.flatMap(({ inputs }) => inputs.map(({ path }) => path)));
}

function unreadable({ message, place, fix }: AuditedWorkflow['problems'][number]): AuditFinding {
  const start = { file: '', line: 1, column: 1 };
  return { rule: 'workflow-unreadable', severity: 'error', place: place ?? start, message, fix };
}

function findUnchecked({ build, image }: AuditedBuild): AuditFinding[] {
  if (build.lists.length === 0 || image.made.length === 0) return [];
  const [first] = image.made;
  const more = image.made.length > 1 ? ` and ${image.made.length - 1} more` : '';
  return [
    {
      rule: 'made-unchecked',
      severity: 'note',
      place: build.place,
      message: `${image.id} copies ${first}${more}, which git does not have: whether its sources are covered is not checked`,
      fix: 'cover what it is made of, or let Nx find it',
      image: image.id,
    },
  ];
}

function unknownBuild({ place, how }: WorkflowBuild): AuditFinding {
  return {
    rule: 'build-unknown',
    severity: 'note',
    place,
    message: `it cannot be told which Dockerfile this ${how} builds`,
    fix: 'name its context and Dockerfile as they are in the repository',
  };
}

const severities = ['error', 'warning', 'note'];

/** Each once: rows of a matrix find the same. */
function sortFindings(findings: readonly AuditFinding[]): AuditFinding[] {
  const distinct = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...distinct.values()].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      (a.place.file < b.place.file ? -1 : a.place.file > b.place.file ? 1 : 0) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column,
  );
}
