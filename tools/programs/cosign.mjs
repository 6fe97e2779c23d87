import { findDeploymentProgram } from './deployment-program.mjs';

/**
 * The path of cosign.
 * @returns {Promise<string>}
 */
export function findCosign() {
  return findDeploymentProgram('cosign', 'https://docs.sigstore.dev/cosign/system_config/installation');
}
