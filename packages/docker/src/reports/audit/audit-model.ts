import { type WorkflowChange, wouldBuild } from '../../core/audit/filtered-workflow.js';
import type { RepositoryFacts } from '../../core/audit/github/github-scope.js';
import { readGithubWorkflow } from '../../core/audit/github/read-github-workflow.js';
import { readGitlabPipeline } from '../../core/audit/gitlab/read-gitlab-pipeline.js';
import { expandIncluded } from '../../core/audit/included-builds.js';
import type { AuditedWorkflow, WorkflowBuild } from '../../core/audit/workflow-build.js';
import type { Decision } from '../../core/path-filter/decide-run.js';
import { readDeclarations } from '../../nx/read-declarations.js';
import type { Workspace } from '../../nx/workspace.js';
import { imageId, type WorkspaceImage } from '../../nx/workspace-images.js';
import { readAuditImages } from './audit-images.js';
import { linkBuilds } from './link-builds.js';

/** What the existing workflows of a repository build, at one commit or on disk. */
export interface AuditModel {
  readonly workspace: Workspace;
  readonly workflows: readonly AuditedWorkflow[];
  /** All images: those that workflows build as they build them, the others as Nx would. */
  readonly images: readonly WorkspaceImage[];
  readonly builds: readonly LinkedBuild[];
  /** Builds of which cannot be told what they build. */
  readonly unlinked: readonly WorkflowBuild[];
}

/** A build, and the image of the workspace that it makes. */
export interface LinkedBuild {
  readonly build: WorkflowBuild;
  readonly image: WorkspaceImage;
}

/** Reads all workflows and images of a workspace, and finds which builds which. Never throws for what stands in them. */
export async function readAuditModel(workspace: Workspace, facts: RepositoryFacts = {}): Promise<AuditModel> {
  const workflows = readWorkflows(workspace, facts);
  const declarations = await readDeclarations(workspace);
  const builds = workflows
    .flatMap((workflow) => workflow.builds)
    .flatMap((build) => expandIncluded(build, declarations));
  const images = await readAuditImages(workspace);
  return { workspace, workflows, ...linkBuilds(builds, { images, workspace }) };
}

/** What the workflows decide about an image; `undefined` where none builds it. */
export function decideImage(
  { builds }: AuditModel,
  id: string,
  change: WorkflowChange,
): Decision | undefined {
  const decisions = builds
    .filter(({ image }) => imageId(image.image) === id)
    .map(({ build }) => wouldBuild(build.workflow, change));
  return decisions.find(({ runs }) => runs) ?? decisions[0];
}

const githubFile = /^\.github\/workflows\/[^/]+\.ya?ml$/;

function readWorkflows(workspace: Workspace, facts: RepositoryFacts): AuditedWorkflow[] {
  const { index, readText } = workspace;
  const github = index.paths
    .filter((path) => githubFile.test(path))
    .map((path) => readGithubWorkflow(path, readText(path) ?? '', { readText, facts }));
  const pipeline = readText('.gitlab-ci.yml');
  if (pipeline === undefined) return github;
  return [...github, readGitlabPipeline('.gitlab-ci.yml', pipeline, { readText, paths: index.paths })];
}
