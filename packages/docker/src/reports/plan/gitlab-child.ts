import { workspaceRoot } from '@nx/devkit';
import type { Plan } from '../../core/plan/plan.js';
import { gitlabChild } from '../../core/workflow/gitlab-child.js';
import { writeFileWhole } from '../../host/write-file.js';
import { openWorkspace } from '../../nx/open-workspace.js';
import { readWorkflowShape } from '../workflow/workflow-shape.js';

/** Writes the pipeline with the jobs of a plan, which GitLab runs as the child of the one that planned. */
export async function writeGitlabChild(
  plan: Plan,
  file: string,
  root: string = workspaceRoot,
): Promise<void> {
  writeFileWhole(file, gitlabChild(plan, await readWorkflowShape(await openWorkspace(root))));
}
