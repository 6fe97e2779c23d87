import { isUnreachable } from './database.js';
import { pendingMigrations } from './migrations.js';

/**
 * `/health`: the process serves; restart it when not. `/ready`: it can do its work, the database answers and has
 * every table that this code needs; send no traffic when not.
 */
export function healthRoutes(app, { db }) {
  const quiet = { logLevel: 'warn' };

  app.get('/health', quiet, async () => ({ status: 'ok' }));

  app.get('/ready', quiet, async (_request, reply) => {
    const reason = await whyNotReady(db);
    return reason ? reply.code(503).send({ status: 'unavailable', reason }) : { status: 'ok' };
  });
}

async function whyNotReady(db) {
  try {
    const pending = await pendingMigrations(db);
    return pending.length > 0 ? `migrations pending: ${pending.join(', ')}` : undefined;
  } catch (error) {
    if (isUnreachable(error)) return 'the database is not reachable';
    throw error;
  }
}
