import type { AuditedWorkflow, MetadataStep, WorkflowBuild } from '../audit/workflow-build.js';
import { parseTagRules } from '../tags/parse-tag-rule.js';
import { buildClaims } from './build-claims.js';
import { type Claims, mergeClaims } from './claim.js';

export interface LinkedWorkflowBuild {
  readonly build: WorkflowBuild;
  /** Of the image that it builds. */
  readonly dockerfilePath: string;
}

/** Reads what existing workflows say about the images that they build. */
export function workflowClaims(
  builds: readonly LinkedWorkflowBuild[],
  workflows: readonly AuditedWorkflow[],
): Claims {
  const metadata = workflows.flatMap((workflow) => workflow.metadata);
  const used = metadata.filter((step) => builds.some(({ build }) => isSameJob(step, build)));
  return mergeClaims([
    ...builds.map(({ build, dockerfilePath }) =>
      buildClaims(build, {
        dockerfilePath,
        source: sourceOf(build),
        isPublished: true,
        hasOwnTags: !metadata.some((step) => isSameJob(step, build)),
      }),
    ),
    ...used.map(metadataClaims),
  ]);
}

function isSameJob({ workflow, job }: MetadataStep, build: WorkflowBuild): boolean {
  return workflow.file === build.workflow.file && job === build.workflow.job;
}

/** Without rules the action takes rules of its own. */
function metadataClaims(step: MetadataStep): Claims {
  const source = sourceOf(step);
  const tags = step.tags.map(({ text }) => text);
  return {
    settings: [],
    names: [],
    rules: [
      { kind: 'tags', lines: tags.length > 0 ? tags : parseTagRules([]).map(({ line }) => line), source },
      { kind: 'flavor', lines: step.flavor, source },
      { kind: 'labels', lines: step.labels, source },
      { kind: 'annotations', lines: step.annotations, source },
    ],
    left: [],
  };
}

export function sourceOf({ place }: Pick<WorkflowBuild, 'place'>): string {
  return `${place.file}:${place.line}`;
}
