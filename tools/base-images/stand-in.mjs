import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { isDebian } from '../debian/os-release.mjs';
import { unpackPackages } from '../debian/packages.mjs';
import { Failure } from '../process/failure.mjs';
import { cacheFolder } from '../process/paths.mjs';
import { temporaryFolder } from '../process/temporary-folder.mjs';
import { layOutRoot } from './root-folder.mjs';

/** @typedef {import('../engine/find.mjs').Engine} Engine */

const label = 'io.moltbook.stand-in';

/**
 * Makes an image that stands in for an official node image where no registry can be reached, from
 * Debian's busybox-static and the running Node.
 * @param {string} image such as `node:20-bookworm-slim`
 * @param {{ engine: Engine, scope: import('../process/scope.mjs').Scope }} options
 */
export async function makeStandIn(image, { engine, scope }) {
  checkMajor(image, process.versions.node);
  if (!(await isDebian())) {
    throw new Failure(
      `A stand-in for ${image} can only be made on Debian or Ubuntu; make its registry reachable.`,
    );
  }
  const sets = [{ packages: ['busybox-static'] }];
  const busybox = (await unpackPackages('busybox', { sets, programs: ['busybox'] })).program('busybox');
  const folder = await temporaryFolder('stand-in', { parent: cacheFolder, scope });
  await layOutRoot(join(folder, 'root'), busybox);
  await importRoot(folder, { image, engine });
  await rm(folder, { recursive: true, force: true });
}

/**
 * @param {string} image
 * @param {Engine} engine
 * @returns {Promise<'absent' | 'official' | 'stand-in' | 'outdated stand-in'>} what the engine has under the name
 */
export async function inspectImage(image, { client, env }) {
  const format = `{{ index .Config.Labels "${label}" }}`;
  const { failed, stdout } = await execa(client, ['image', 'inspect', '--format', format, image], {
    env,
    reject: false,
  });
  if (failed) return 'absent';
  const found = stdout.replace('<no value>', '').trim();
  if (!found) return 'official';
  return found === (await identity()) ? 'stand-in' : 'outdated stand-in';
}

/**
 * @param {string} image
 * @param {string} version of Node
 */
export function checkMajor(image, version) {
  const [, wanted] = /^(?:docker\.io\/)?(?:library\/)?node:(\d+)(?:[.-]|$)/.exec(image) ?? [];
  if (!wanted)
    throw new Failure(
      `There is no registry to pull ${image} from, and a stand-in is only made for node:<major>.`,
    );
  if (wanted === version.split('.')[0]) return;
  throw new Failure(
    `There is no registry to pull ${image} from, and a stand-in would have Node ${version}: run this with Node ${wanted}.`,
  );
}

/**
 * @param {string} folder has `root`
 * @param {{ image: string, engine: Engine }} options
 */
async function importRoot(folder, { image, engine }) {
  const tar = join(folder, 'root.tar');
  const root = ['--directory', join(folder, 'root'), '--numeric-owner', '--file', tar];
  await execa('tar', [...root, '--create', '--owner=0', '--group=0', '--exclude=./home/node', '.']);
  await execa('tar', [...root, '--append', '--owner=1000', '--group=1000', './home/node']);
  const changes = [
    'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    `ENV NODE_VERSION=${process.versions.node}`,
    'ENTRYPOINT ["docker-entrypoint.sh"]',
    'CMD ["node"]',
    `LABEL ${label}=${await identity()}`,
  ].flatMap((change) => ['--change', change]);
  // Podman would otherwise put the name below localhost/.
  const name = image.startsWith('docker.io/')
    ? image
    : `docker.io/library/${image.replace(/^library\//, '')}`;
  await execa(engine.client, ['import', ...changes, tar, name], { env: engine.env });
}

/** What a stand-in is made of: the running Node and the recipe. */
async function identity() {
  const recipe = await Promise.all(
    ['stand-in.mjs', 'root-folder.mjs'].map((file) => readFile(new URL(file, import.meta.url), 'utf8')),
  );
  const hash = createHash('sha256').update(`${process.version} ${process.arch}`).update(recipe.join(''));
  return hash.digest('hex').slice(0, 12);
}
