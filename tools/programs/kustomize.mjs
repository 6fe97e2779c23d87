import { findDeploymentProgram } from './deployment-program.mjs';

/**
 * The path of kustomize.
 * @returns {Promise<string>}
 */
export function findKustomize() {
  return findDeploymentProgram('kustomize', 'https://kubectl.docs.kubernetes.io/installation/kustomize');
}
