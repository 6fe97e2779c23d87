import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../process/failure.mjs';
import { cacheFolder } from '../process/paths.mjs';
import { waitUntil } from '../process/wait-until.mjs';
import { launchUnderLock } from './launch.mjs';
import { createNetwork } from './network.mjs';
import { runFolder } from './run-folder.mjs';
import { chooseStorage } from './storage.mjs';

/** @typedef {import('../debian/packages.mjs').Unpacked} Unpacked */
/** @typedef {import('../process/scope.mjs').Scope} Scope */
/** @typedef {{ bridge: string, storage: import('./storage.mjs').Storage, run: string }} Places */

/**
 * A running daemon: its socket, and a private folder that is removed when it stops.
 * @typedef {{ socket: string, folder: string }} Daemon
 */

/**
 * Starts a Docker daemon of this checkout's own, in the first slot that no other run uses: a slot is a
 * folder of the cache with the images of earlier runs. The daemon stops at the end of the scope.
 * @param {Unpacked} installation
 * @param {Scope} scope
 * @returns {Promise<Daemon>}
 */
export async function startDaemon(installation, scope) {
  for (let slot = 1; slot <= 16; slot++) {
    const daemon = await startInSlot(join(cacheFolder, 'engine', `${slot}`), installation, scope);
    if (daemon) return daemon;
  }
  throw new Failure(`16 engines of this checkout are running already (${join(cacheFolder, 'engine')})`);
}

/**
 * @param {string} slot
 * @param {Unpacked} installation
 * @param {Scope} scope
 * @returns {Promise<Daemon | undefined>} undefined when another run has the slot
 */
async function startInSlot(slot, installation, scope) {
  await mkdir(slot, { recursive: true });
  const [config, log] = [join(slot, 'daemon.json'), join(slot, 'daemon.log')];
  const command = [installation.program('dockerd'), '--config-file', config];
  const launch = await launchUnderLock(command, { lock: join(slot, 'lock'), log, env: installation.env });
  if (!launch) return undefined;

  const run = runFolder(slot, process.env.XDG_RUNTIME_DIR ?? tmpdir());
  /** @type {Awaited<ReturnType<typeof createNetwork>> | undefined} */
  let network;
  scope.defer(async () => {
    await launch.stop();
    await network?.remove();
    await rm(run, { recursive: true, force: true });
  });
  network = await createNetwork(slot, installation);
  await rm(run, { recursive: true, force: true });
  await mkdir(run, { recursive: true, mode: 0o700 });
  const storage = await chooseStorage(join(slot, 'data'));
  await writeFile(config, JSON.stringify(configure({ bridge: network.bridge, storage, run }), undefined, 2));

  launch.start();
  const socket = join(run, 'docker.sock');
  const answered = waitUntil(() => ping(socket), { seconds: 60, signal: scope.signal });
  if (await Promise.race([answered, launch.exited.then(() => false)])) return { socket, folder: run };
  throw new Failure(`The private container engine did not start. The end of ${log}:\n${await readEnd(log)}`);
}

/**
 * The daemon.json; see https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file.
 * @param {Places} places
 */
function configure({ bridge, storage, run }) {
  return {
    hosts: [`unix://${run}/docker.sock`],
    'data-root': storage.folder,
    'exec-root': join(run, 'exec'),
    pidfile: join(run, 'docker.pid'),
    bridge,
    iptables: false,
    ip6tables: false,
    // The store that can hold attestations and images for several platforms.
    features: { 'containerd-snapshotter': true },
    ...(storage.driver ? { 'storage-driver': storage.driver } : {}),
    'shutdown-timeout': 5,
  };
}

/** @param {string} socketPath */
function ping(socketPath) {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: '/_ping' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.once('error', reject).end();
  });
}

/** @param {string} file */
async function readEnd(file) {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-20).join('\n');
}
