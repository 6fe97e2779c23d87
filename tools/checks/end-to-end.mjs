import { ensureBaseImages } from '../base-images/ensure.mjs';
import { openEngine } from '../engine/engine.mjs';
import { startPostgres } from '../postgres.mjs';
import { readPackageAccess } from '../process/package-access.mjs';
import { findChromium } from '../programs/chromium.mjs';
import { findCosign } from '../programs/cosign.mjs';
import { findKubectl } from '../programs/kubectl.mjs';
import { findKustomize } from '../programs/kustomize.mjs';
import { findRsync } from '../programs/rsync.mjs';
import { findShellcheck } from '../programs/shellcheck.mjs';
import { startRegistry } from '../registry.mjs';

/**
 * Gets and starts all that the end-to-end tests run against.
 * @param {import('../process/scope.mjs').Scope} scope
 * @returns {Promise<Record<string, string>>} the environment in which the tests find it; tools/README.md lists it
 */
export async function prepareEndToEnd(scope) {
  const engine = await openEngine(scope);
  await ensureBaseImages(engine, scope);
  return {
    ...engine.env,
    ...(await readPackageAccess()),
    MOLTBOOK_REGISTRY: await startRegistry(scope),
    TEST_DATABASE_URL: await startPostgres(scope),
    MOLTBOOK_KUSTOMIZE: await findKustomize(),
    MOLTBOOK_KUBECTL: await findKubectl(),
    MOLTBOOK_COSIGN: await findCosign(),
    MOLTBOOK_CHROMIUM: await findChromium(),
    MOLTBOOK_SHELLCHECK: await findShellcheck(),
    MOLTBOOK_RSYNC: await findRsync(),
  };
}
