import type { WorkflowShape } from '../src/core/workflow/workflow-shape.js';

/** Two images on ghcr.io that do not build on each other, and no option. */
export const sampleShape: WorkflowShape = {
  images: 2,
  waves: 1,
  targets: ['docker-build'],
  platforms: [],
  registries: ['ghcr.io'],
  hasKubernetes: false,
  defaultBranch: 'main',
  options: {},
  packageManager: { name: 'npm', hasLockfile: true },
  node: { version: '22' },
};
