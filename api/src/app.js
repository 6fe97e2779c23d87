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
 * @typedef {object} Services
 * @property {import('./database.js').Database} db
 * @property {import('fastify').RouteShorthandOptions} write  limits of a route that changes something
 *
 * @typedef {(app: import('fastify').FastifyInstance, services: Services) => void} Routes
 */

/**
 * The whole HTTP server, not listening. Closing it closes the database too.
 *
 * @param {object} options
 * @param {import('./database.js').Database} options.db
 * @param {import('fastify').FastifyServerOptions['logger']} [options.logger]
 * @param {boolean | string} [options.trustProxy]
 * @param {number} [options.writesPerMinute]  per client address; reading is not limited here
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
  app.addHook('onClose', () => db.close());
  await app.register(helmet);
  await app.register(rateLimit, { global: false });
  app.setNotFoundHandler(() => {
    throw notFound('route');
  });
  const services = { db, write: { config: { rateLimit: { max: writesPerMinute, timeWindow: '1 minute' } } } };
  healthRoutes(app, services);
  await app.register(
    async (v1) => {
      for (const routes of [agentRoutes, postRoutes, commentRoutes, voteRoutes]) routes(v1, services);
    },
    { prefix: apiPrefix },
  );
  return app;
}
