import { execa } from 'execa';
import { Failure } from '../process/failure.mjs';

/**
 * A container engine that answers, and the environment in which its client reaches it.
 * @typedef {{ client: 'docker' | 'podman', description: string, env: Record<string, string> }} Engine
 */

const questions = /** @type {const} */ ([
  { client: 'docker', name: 'Docker', args: ['version', '--format', '{{.Server.Version}}'] },
  { client: 'podman', name: 'Podman', args: ['info', '--format', '{{.Version.Version}}'] },
]);

/**
 * The engine that this machine is set up with, by asking its server: a client alone is no engine.
 * @returns {Promise<Engine | undefined>}
 */
export async function findEngine() {
  for (const { client, name, args } of questions) {
    const { failed, stdout } = await execa(client, args, { reject: false, timeout: 20_000 });
    if (!failed && stdout.trim()) return { client, description: `${name} ${stdout.trim()}`, env: {} };
  }
  const host = process.env.DOCKER_HOST;
  if (host) throw new Failure(`No engine answers at DOCKER_HOST=${host}. Start it, or unset DOCKER_HOST.`);
  return undefined;
}
