import { githubWorkflow } from '../../../packages/docker/src/core/workflow/github-workflow.js';
import type { WorkflowShape } from '../../../packages/docker/src/core/workflow/workflow-shape.js';

/** Three images in two waves, with Kubernetes manifests. */
export const sampleShape: WorkflowShape = {
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

/** A job that was added by hand, which the gate has to look at too; no event of the tests starts it. */
const regions = new Map([
  [
    'jobs',
    [
      '  extra:',
      "    if: github.event_name == 'schedule'",
      '    runs-on: ubuntu-24.04',
      '    timeout-minutes: 5',
      '    permissions: {}',
      '    steps: [{ run: "true" }]',
    ],
  ],
]);

/** The workflow that the generator writes for them. */
export function sampleWorkflow(): string {
  return githubWorkflow(sampleShape, regions);
}
