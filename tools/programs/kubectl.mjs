import { findDeploymentProgram } from './deployment-program.mjs';

/**
 * The path of kubectl.
 * @returns {Promise<string>}
 */
export function findKubectl() {
  return findDeploymentProgram('kubectl', 'https://kubernetes.io/docs/tasks/tools');
}
