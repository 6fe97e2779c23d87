import { githubWorkflow, githubWorkflowPath } from './github-workflow.js';
import { gitlabPipeline, gitlabPipelinePath } from './gitlab-pipeline.js';
import type { WorkflowFile } from './update-workflow.js';
import type { WorkflowShape } from './workflow-shape.js';

/** The file that the CI of a workspace reads, and how to write it. */
export function workflowFile(shape: WorkflowShape): WorkflowFile {
  return shape.options.provider === 'gitlab'
    ? { path: gitlabPipelinePath, write: (regions) => gitlabPipeline(shape, regions) }
    : { path: githubWorkflowPath, write: (regions) => githubWorkflow(shape, regions) };
}
