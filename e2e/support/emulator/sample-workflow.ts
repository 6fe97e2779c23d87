import { githubWorkflow } from '../../../packages/docker/src/core/workflow/github-workflow.js';
import type { WorkflowShape } from '../../../packages/docker/src/core/workflow/workflow-shape.js';

const shape: WorkflowShape = {
  images: 3,
  waves: 2,
  targets: ['docker-build'],
  platforms: [],
  registries: ['ghcr.io'],
  hasKubernetes: true,
  defaultBranch: 'main',
  // GitHub's cache has no stand-in here.
  options: { attest: true, cache: 'none' },
  packageManager: { name: 'npm', hasLockfile: true },
  node: { version: '22' },
};

/** The workflow that the generator writes for three images in two waves, with Kubernetes manifests. */
export function sampleWorkflow(changes: Partial<WorkflowShape> = {}): string {
  return githubWorkflow({ ...shape, ...changes });
}
