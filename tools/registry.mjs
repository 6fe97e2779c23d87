import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { isDebian } from './debian/os-release.mjs';
import { unpackPackages } from './debian/packages.mjs';
import { announce } from './process/announce.mjs';
import { dieWithParent } from './process/die-with-parent.mjs';
import { Failure } from './process/failure.mjs';
import { cacheFolder } from './process/paths.mjs';
import { freePort } from './process/port.mjs';
import { findProgram } from './process/programs.mjs';
import { temporaryFolder } from './process/temporary-folder.mjs';
import { waitUntil } from './process/wait-until.mjs';

/**
 * Starts an empty registry on a free port of loopback, where engines need no TLS. It stops at the end of
 * the scope and its images are removed.
 * @param {import('./process/scope.mjs').Scope} scope
 * @returns {Promise<string>} `127.0.0.1:<port>`
 */
export async function startRegistry(scope) {
  const program = findProgram(['docker-registry', 'registry']) ?? (await unpackRegistry());
  const address = `127.0.0.1:${await freePort()}`;
  const folder = await temporaryFolder('registry', { parent: cacheFolder, scope });
  const config = join(folder, 'config.yml');
  await writeFile(config, configure(address, folder));

  const { file, args } = dieWithParent({ file: program, args: ['serve', config] });
  const env = { OTEL_TRACES_EXPORTER: 'none' };
  const server = execa(file, args, { env, detached: true, reject: false, stdin: 'ignore', all: true });
  scope.defer(async () => {
    server.kill('SIGTERM');
    await server;
  });
  const isUp = waitUntil(() => answers(address), { seconds: 20, signal: scope.signal });
  const failure = await Promise.race([
    isUp.then((up) => (up ? undefined : 'no answer within 20 s')),
    server.then(({ all }) => all),
  ]);
  if (failure !== undefined) throw new Failure(`The registry did not start: ${failure}`);
  announce(`An empty registry listens on ${address}`);
  return address;
}

async function unpackRegistry() {
  if (!(await isDebian())) {
    throw new Failure(
      'A registry is needed, and there is no docker-registry or registry on PATH: install one of them.',
    );
  }
  const programs = ['docker-registry'];
  const unpacked = await unpackPackages('registry', { sets: [{ packages: programs }], programs });
  return unpacked.program('docker-registry');
}

/**
 * See https://distribution.github.io/distribution/about/configuration.
 * @param {string} address
 * @param {string} folder
 */
function configure(address, folder) {
  return JSON.stringify({
    version: 0.1,
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { delete: { enabled: true }, filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: address },
  });
}

/** @param {string} address */
async function answers(address) {
  const { ok } = await fetch(`http://${address}/v2/`);
  return ok;
}
