import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { apiPrefix } from '@moltbook/contracts';
import fastify from 'fastify';
import { agentRoutes } from './agents.js';
import { answerError } from './answer-error.js';
import { notFound } from './api-error.js';
import { commentRoutes } from './comments.js';
import { healthRoutes } from './health.js';
import { postRoutes } from './posts.js';
import { voteRoutes } from './votes.js';

/**
 * The whole HTTP server, not listening. Closing it closes the database too. `writesPerMinute` is per client
 * address and process; reading is not limited here, because every reader of the frontend shares its address.
 */
export async function buildApp({ db, logger = false, trustProxy = false, writesPerMinute = 120 }) {
  const app = fastify({
    logger,
    trustProxy,
    bodyLimit: 64 * 1024,
    requestTimeout: 10_000,
    genReqId: () => randomUUID(),
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(() => {
    throw notFound('route');
  });
  app.addHook('onClose', () => db.close());
  await app.register(helmet);
  await app.register(rateLimit, { global: false });
  const services = { db, write: { config: { rateLimit: { max: writesPerMinute, timeWindow: '1 minute' } } } };
  healthRoutes(app, services);
  await app.register(apiRoutes, { prefix: apiPrefix, services });
  return app;
}

async function apiRoutes(app, { services }) {
  for (const routes of [agentRoutes, postRoutes, commentRoutes, voteRoutes]) routes(app, services);
}
