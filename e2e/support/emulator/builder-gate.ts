import { type AddressInfo, connect, createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Server } from './git-server.js';

/**
 * Gives the BuildKit inside of Docker an address of its own, so that buildx takes it for a builder as those that
 * docker/setup-buildx-action makes: buildx pushes by digest only with such a one. Docker hands the connection over to
 * BuildKit after an upgrade of HTTP, see `docker buildx inspect default` and moby's api/server/router/build.
 */
export async function startBuilderGate(dockerHost = process.env.DOCKER_HOST): Promise<Server> {
  const server = createServer((client) => {
    const engine = connect(engineAddress(dockerHost));
    engine.write('POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    let head = Buffer.alloc(0);
    const readHead = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) return;
      engine.off('data', readHead);
      client.write(head.subarray(end + 4));
      engine.pipe(client);
      client.pipe(engine);
    };
    engine.on('data', readHead);
    engine.on('error', () => client.destroy());
    client.on('error', () => engine.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    // Connections end with their builds.
    close: async () => {
      server.close();
    },
  };
}

function engineAddress(dockerHost = ''): { path: string } | { host: string; port: number } {
  const [, host, port] = /^tcp:\/\/([^:]+):(\d+)/.exec(dockerHost) ?? [];
  if (host !== undefined) return { host, port: Number(port) };
  const [, path] = /^unix:\/\/(.+)$/.exec(dockerHost) ?? [];
  return {
    path:
      path ??
      (process.getuid?.() === 0 ? '/var/run/docker.sock' : join(homedir(), '.docker/run/docker.sock')),
  };
}
