import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { announce } from '../process/announce.mjs';
import { startDaemon } from './daemon.mjs';
import { findEngine } from './find.mjs';
import { installEngine } from './install.mjs';

/** @typedef {import('./find.mjs').Engine} Engine */

/**
 * The engine that answers on this machine, or else a private one that stops at the end of the scope.
 * @param {import('../process/scope.mjs').Scope} scope
 * @returns {Promise<Engine>}
 */
export async function openEngine(scope) {
  const found = await findEngine();
  if (found) {
    announce(`Using the container engine that is running: ${found.description}`);
    return found;
  }
  announce('No container engine answers: starting a private one for this command');
  const installation = await installEngine();
  const { socket, folder } = await startDaemon(installation, scope);
  const env = await createClient(folder, installation);
  announce(`The private engine listens on ${socket}`);
  return {
    client: 'docker',
    description: 'a private Docker',
    env: { ...env, DOCKER_HOST: `unix://${socket}` },
  };
}

/**
 * A folder for PATH that has nothing but the client, and a client configuration which finds buildx beside
 * it and otherwise repeats the user's own (credentials, proxies).
 * @param {string} folder
 * @param {import('../debian/packages.mjs').Unpacked} installation
 */
async function createClient(folder, installation) {
  const [bin, config] = [join(folder, 'bin'), join(folder, 'config')];
  await mkdir(bin);
  await symlink(installation.program('docker'), join(bin, 'docker'));

  const users = join(process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json');
  const settings = JSON.parse(await readFile(users, 'utf8').catch(() => '{}'));
  const plugins = join(installation.root, 'usr/libexec/docker/cli-plugins');
  const cliPluginsExtraDirs = [...(settings.cliPluginsExtraDirs ?? []), plugins];
  await mkdir(config);
  await writeFile(join(config, 'config.json'), JSON.stringify({ ...settings, cliPluginsExtraDirs }), {
    mode: 0o600,
  });
  return { PATH: `${bin}:${process.env.PATH}`, DOCKER_CONFIG: config };
}
