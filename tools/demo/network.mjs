import { execa } from 'execa';

/**
 * How the demo's containers, and this machine, reach each other: where containers listen, under which
 * name they find the machine's loopback, and the options of `run` that publish a port.
 * @typedef {{ listen: string, machine: string, publish(port: number): string[] }} Network
 */

/**
 * @param {import('../engine/find.mjs').Engine} engine
 * @returns {Promise<Network>}
 */
export async function chooseNetwork({ client, env }) {
  const { stdout } = await execa(client, ['info', '--format', '{{.OperatingSystem}}'], {
    env,
    reject: false,
  });
  if (process.platform === 'linux' && !stdout.includes('Docker Desktop')) {
    return { listen: '127.0.0.1', machine: '127.0.0.1', publish: () => ['--network', 'host'] };
  }
  // The engine is in a virtual machine, which passes ports of loopback on in both directions.
  return {
    listen: '0.0.0.0',
    machine: 'host.docker.internal',
    publish: (port) => ['--publish', `127.0.0.1:${port}:${port}`],
  };
}
