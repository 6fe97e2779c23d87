import { fileAndLine } from '../report/file-and-line.js';
import type { AuditFinding } from './audit-finding.js';
import type { AuditImage } from './audit-image.js';
import { known } from './known-parts.js';
import type { HistoryReplay } from './replay/replay-report.js';
import type { AuditedBuild } from './rules/find-missed-inputs.js';
import type { AuditedWorkflow, WorkflowBuild } from './workflow-build.js';

/** What `moltbook-docker audit` says; `schemas/audit.schema.json` describes it as JSON. */
export interface AuditReport {
  readonly version: 1;
  readonly workflows: readonly WorkflowReport[];
  readonly images: readonly AuditedImageReport[];
  /** Errors first, then by place. */
  readonly findings: readonly FindingReport[];
  /** What would have been built in the past; absent where it was not asked for. */
  readonly replay?: HistoryReplay;
}

export interface WorkflowReport {
  readonly file: string;
  readonly provider: 'github' | 'gitlab';
  readonly builds: readonly BuildReport[];
}

export interface BuildReport {
  readonly job: string;
  /** The row of the matrix: `service=api`. */
  readonly row: string | null;
  /** `file:line` of the step or command. */
  readonly place: string;
  /** `docker/build-push-action`, `docker build` … */
  readonly how: string;
  /** The image, by the id of its Nx task; `null` where it cannot be told. */
  readonly image: string | null;
  /** Registry and repository that it is pushed to, without a tag, where that is known. */
  readonly repository: string | null;
  readonly dockerfile: string | null;
  readonly context: string | null;
  readonly target: string | null;
  /** The lists of paths that decide whether it runs. */
  readonly filters: readonly string[];
  /** How many files it is built from; those of the images that it is built from count. */
  readonly inputs: number;
  /** How many of them a filter misses. */
  readonly missed: number;
}

export interface AuditedImageReport {
  readonly id: string;
  readonly image: string;
  readonly dockerfile: string;
  readonly context: string;
  readonly target: string | null;
  readonly inputs: number;
  /** The files of the workflows that build it. */
  readonly workflows: readonly string[];
}

export interface FindingReport {
  readonly rule: AuditFinding['rule'];
  readonly severity: AuditFinding['severity'];
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix: string;
  readonly image: string | null;
  readonly files: readonly { readonly path: string; readonly because: readonly string[] }[];
  readonly patterns: readonly string[];
}

export interface ReportFacts {
  readonly workflows: readonly AuditedWorkflow[];
  readonly images: readonly AuditImage[];
  readonly builds: readonly AuditedBuild[];
  readonly unlinked: readonly WorkflowBuild[];
  readonly findings: readonly AuditFinding[];
}

/** Makes the report of what was read and found. */
export function makeAuditReport({ workflows, images, builds, unlinked, findings }: ReportFacts): AuditReport {
  const all = [...builds, ...unlinked.map((build) => ({ build, image: undefined }))];
  return {
    version: 1,
    workflows: workflows.map(({ file, provider }) => ({
      file,
      provider,
      builds: all
        .filter(({ build }) => build.workflow.file === file)
        .sort((a, b) => a.build.place.line - b.build.place.line)
        .map(({ build, image }) => buildReport(build, image, findings)),
    })),
    images: images.map(({ id, image, dockerfile, context, target, inputs }) => {
      const own = builds.filter((build) => build.image.id === id).map(({ build }) => build.workflow.file);
      return { id, image, dockerfile, context, target, inputs: inputs.length, workflows: [...new Set(own)] };
    }),
    findings: findings.map(findingReport),
  };
}

function buildReport(
  build: WorkflowBuild,
  image: AuditImage | undefined,
  findings: readonly AuditFinding[],
): BuildReport {
  const { workflow, place, how, row, dockerfile, context, target, lists } = build;
  const repository = known(workflow.image);
  return {
    job: workflow.job ?? '',
    row: row ?? null,
    place: fileAndLine(place),
    how,
    image: image?.id ?? null,
    repository: repository ?? null,
    dockerfile: image?.dockerfile ?? dockerfile ?? null,
    context: image?.context ?? context ?? null,
    target: image?.target ?? target ?? null,
    filters: [...new Set(lists.map(({ name }) => name))],
    inputs: image?.inputs.length ?? 0,
    missed: missedCount(build, image, findings),
  };
}

function missedCount(
  { lists }: WorkflowBuild,
  image: AuditImage | undefined,
  findings: readonly AuditFinding[],
): number {
  const places = new Set(lists.map(({ place }) => placeKey(place)));
  const own = findings.filter(
    (finding) =>
      finding.image === image?.id && /-missed$/.test(finding.rule) && places.has(placeKey(finding.place)),
  );
  return new Set(own.flatMap(({ files = [] }) => files.map(({ path }) => path))).size;
}

function placeKey({ file, line, column }: AuditFinding['place']): string {
  return `${file}:${line}:${column}`;
}

function findingReport(finding: AuditFinding): FindingReport {
  const { rule, severity, place, message, fix, image, files = [], patterns = [] } = finding;
  return { rule, severity, ...place, message, fix, image: image ?? null, files, patterns };
}
