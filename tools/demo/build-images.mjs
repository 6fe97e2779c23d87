import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Failure } from '../process/failure.mjs';
import { readPackageAccess } from '../process/package-access.mjs';
import { repositoryRoot } from '../process/paths.mjs';

// Git's empty tree: compared with it every file is new, so every image is affected.
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/**
 * Builds the images of both applications as a pipeline would.
 * @param {import('../engine/find.mjs').Engine} engine
 * @param {AbortSignal} signal
 * @returns {Promise<{ api: string, frontend: string }>} references of the images that were built
 */
export async function buildImages(engine, signal) {
  const args = ['nx', 'affected', '-t', 'docker-build', `--base=${emptyTree}`, '--output-style=stream'];
  const { failed } = await execa('npx', args, {
    cwd: repositoryRoot,
    env: { ...engine.env, ...(await readPackageAccess()), NX_DAEMON: 'false' },
    stdio: ['ignore', 'inherit', 'inherit'],
    cancelSignal: signal,
    reject: false,
  });
  signal.throwIfAborted();
  if (failed) throw new Failure('Building the images failed; the reason is above.');
  return { api: await readImageRef('api'), frontend: await readImageRef('moltbook-frontend') };
}

/**
 * @param {string} project
 * @returns {Promise<string>}
 */
async function readImageRef(project) {
  const record = await readFile(join(repositoryRoot, 'dist/docker', `${project}.json`), 'utf8');
  return JSON.parse(record).imageRef;
}
