import { startPostgres } from '../postgres.mjs';
import { freePort } from '../process/port.mjs';
import { removeLeftovers, runToEnd, startContainer, waitUntilHealthy } from './containers.mjs';
import { chooseNetwork } from './network.mjs';

/** @typedef {import('./containers.mjs').Context} Context */

/**
 * Runs both images with a PostgreSQL server, as the cluster would: the migrations first, in the image of
 * the API.
 * @param {Context} context
 * @param {{ api: string, frontend: string }} images
 * @returns {Promise<{ apiUrl: string, frontendUrl: string }>}
 */
export async function startApplications(context, images) {
  await removeLeftovers(context);
  const network = await chooseNetwork(context.engine);
  const databaseUrl = new URL(await startPostgres(context.scope));
  databaseUrl.hostname = network.machine;
  const [apiPort, frontendPort] = [await freePort(), await freePort()];

  const api = {
    name: 'api',
    image: images.api,
    options: network.publish(apiPort),
    env: { HOST: network.listen, PORT: `${apiPort}`, DATABASE_URL: databaseUrl.href, LOG_LEVEL: 'warn' },
  };
  const frontend = {
    name: 'frontend',
    image: images.frontend,
    options: network.publish(frontendPort),
    env: {
      HOSTNAME: network.listen,
      PORT: `${frontendPort}`,
      API_URL: `http://${network.machine}:${apiPort}`,
    },
  };
  await runToEnd(context, { ...api, name: 'migrate-db' }, ['node', 'src/migrate.js']);
  await Promise.all([api, frontend].map((container) => startContainer(context, container)));
  const [apiUrl, frontendUrl] = [`http://127.0.0.1:${apiPort}`, `http://127.0.0.1:${frontendPort}`];
  await waitUntilHealthy(context, api, `${apiUrl}/ready`);
  await waitUntilHealthy(context, frontend, `${frontendUrl}/healthz`);
  return { apiUrl, frontendUrl };
}
